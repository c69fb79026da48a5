import type { SessionState } from "../api/types";
import { useTexts } from "../i18n/useTexts";
import { SESSION_TONES } from "./sessionTone";
import { StateTag } from "./StateTag";

export function SessionTag({ state }: { state: SessionState }) {
  const { t } = useTexts();
  const { tone, text } = SESSION_TONES[state];
  return <StateTag tone={tone}>{t(text)}</StateTag>;
}
