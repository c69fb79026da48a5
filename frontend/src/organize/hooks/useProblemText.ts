import { useCallback } from "react";
import type { ApiError } from "../../api/errors";
import type { Key } from "../../i18n/catalogue";
import { useTexts } from "../../i18n/useTexts";

const TEXTS: Record<string, Key> = {
  unreachable: "error.unreachable",
  sign_in: "error.sign_in",
  not_yours: "error.not_yours",
  wrong_state: "error.wrong_state",
  room_busy: "error.room_busy",
  event_running: "error.event_running",
  pair_unsupported: "error.pair_unsupported",
  already_there: "error.already_there",
  no_detection: "error.no_detection",
  one_language: "error.one_language",
};

/**
 * An error of the service in the reader's language; the service's own sentence where there is none.
 *
 * @example
 * const textOf = useProblemText();
 * textOf(error);
 */
export function useProblemText() {
  const { t } = useTexts();
  return useCallback(
    (error: ApiError | null) => {
      const key = TEXTS[error?.code ?? ""];
      return key ? t(key) : error?.message || t("error.other");
    },
    [t],
  );
}
