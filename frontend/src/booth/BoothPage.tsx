import { IconLock, IconPlugConnectedX } from "@tabler/icons-react";
import { getConsole } from "../api/booth";
import { Button } from "../common/Button";
import { Notice } from "../common/Notice";
import { useAsked } from "../common/useAsked";
import type { Key } from "../i18n/catalogue";
import { useTexts } from "../i18n/useTexts";
import { Booth } from "./Booth";

const AGAIN_MS = 5000;
/** What the service says where the asker has no place, and what is said of it. */
const REFUSALS: Record<string, "none" | "removed" | "unknown"> = {
  not_in_booth: "none",
  sign_in: "none",
  removed: "removed",
  unknown_session: "unknown",
};
const WORDS: Record<"none" | "removed" | "unknown", { title: Key; text: Key }> = {
  none: { title: "booth.none.title", text: "booth.none.text" },
  removed: { title: "booth.removed.title", text: "booth.removed.text" },
  unknown: { title: "booth.unknown.title", text: "booth.unknown.text" },
};

/** An interpreter's workplace in one session. */
export function BoothPage({ sessionId }: { sessionId: string }) {
  const { t } = useTexts();
  const { answer, problem, refresh } = useAsked(() => getConsole(sessionId), AGAIN_MS);

  const refusal = REFUSALS[problem ?? ""];
  if (refusal) {
    const { title, text } = WORDS[refusal];
    return (
      <main data-state={refusal}>
        <Notice whole icon={<IconLock size={32} />} title={t(title)} text={t(text)} />
      </main>
    );
  }
  if (answer) return <Booth known={answer} />;
  if (problem) {
    return (
      <main data-state="unreachable">
        <Notice
          whole
          icon={<IconPlugConnectedX size={32} />}
          title={t("common.unreachable.title")}
          text={t("common.unreachable.text")}
        >
          <Button onClick={() => void refresh()}>{t("common.again")}</Button>
        </Notice>
      </main>
    );
  }
  return (
    <main data-state="loading">
      <Notice whole title={t("common.loading")} />
    </main>
  );
}
