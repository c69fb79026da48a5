import type { Session } from "../api/types";
import { passages, type Passage } from "../common/captions/passages";
import type { Line, Transcript } from "../common/captions/transcript";
import type { Voice } from "../common/captions/voices";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./Passages.module.css";

interface PassagesProps {
  session: Session;
  lines: readonly Line[];
  transcript: Transcript;
}

/** Final lines, with a word wherever another voice is heard or another's words begin. */
export function Passages({ session, lines, transcript }: PassagesProps) {
  return passages(lines, transcript.voices, transcript.more).map(({ voice, lines: said }) => (
    <div key={voice?.since_s ?? "before"}>
      {voice && <VoiceChange session={session} voice={voice} />}
      {said.map(({ line, begins }) => (
        <CaptionLine key={line.id} line={line} begins={begins} />
      ))}
    </div>
  ));
}

const NAMES = {
  machine: "voice.machine",
  interpreter: "voice.interpreter",
  floor: "voice.original",
  slate: "voice.slate",
} as const;

/** “12:03 Interpreter · Ann” */
function VoiceChange({ session, voice }: { session: Session; voice: Voice }) {
  const { t, language, direction } = useTexts();
  const { clock } = useFormats();
  const who = { machine: voice.who, interpreter: voice.name, floor: "", slate: "" }[voice.input];
  const atMs = session.started_at && Date.parse(session.started_at) + voice.since_s * 1000;
  return (
    <p className={styles.voice} lang={language} dir={direction} data-voice-change={voice.input}>
      {atMs && <time dateTime={new Date(atMs).toISOString()}>{clock(atMs)}</time>}
      <span>
        {t(NAMES[voice.input])}
        {who && (
          <>
            {" · "}
            <bdi>{who}</bdi>
          </>
        )}
      </span>
    </p>
  );
}

function CaptionLine({ line, begins }: Passage["lines"][number]) {
  const { t, language, direction } = useTexts();
  const mark =
    line.skipped === "untranslated"
      ? t("captions.untranslated")
      : line.skipped === "behind" || line.skipped === "unspoken"
        ? t("captions.unspoken")
        : line.said
          ? t("captions.condensed", { said: line.said })
          : null;
  return (
    <p className={styles.line} data-caption={line.id} data-by={line.by}>
      {begins && (
        <span className={styles.by} lang={language} dir={direction}>
          {t(`captions.by.${begins}`)}
        </span>
      )}
      {line.text}{" "}
      {mark && (
        <span className={styles.mark} lang={language} dir={direction}>
          {mark}
        </span>
      )}
    </p>
  );
}
