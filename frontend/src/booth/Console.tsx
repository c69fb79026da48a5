import { IconKeyboard } from "@tabler/icons-react";
import { useRef } from "react";
import { Button } from "../common/Button";
import type { CaptionStore } from "../common/captions/store";
import { Sheet } from "../common/Sheet";
import { useTexts } from "../i18n/useTexts";
import { Air } from "./panels/Air";
import { Alarms } from "./panels/Alarms";
import { Chat } from "./panels/Chat";
import { Handover } from "./panels/Handover";
import { Hear } from "./panels/Hear";
import { KeyHelp } from "./panels/KeyHelp";
import { LiveText } from "./panels/LiveText";
import { Sources } from "./panels/Sources";
import { Speak } from "./panels/Speak";
import { Terms } from "./panels/Terms";
import styles from "./Console.module.css";
import type { Heard } from "./hooks/useExposure";
import { useConsole } from "./hooks/useConsole";
import { useGlossary } from "./hooks/useGlossary";
import type { useSignals } from "./hooks/useSignals";
import { useKeyLabels } from "./keys/useKeyLabels";
import { useKeys } from "./keys/useKeys";
import type { BoothParts } from "./parts";
import { Devices } from "./Preflight";
import preflight from "./Preflight.module.css";

type ConsoleProps = BoothParts & {
  captions: CaptionStore;
  heard: Heard;
  /** This browser cannot play through the hearing guard. */
  deaf: boolean;
  /** The browser wants a key or a tap before it plays. */
  blocked: boolean;
  signals: ReturnType<typeof useSignals>;
  notice: string | null;
  say: (text: string) => void;
  onMuted: (muted: boolean) => void;
};

/** The interpreter's console: all of it by keys, its state readable without looking for it. */
export function Console(props: ConsoleProps) {
  const { captions, heard, deaf, blocked, notice, signals, say, onMuted, ...parts } = props;
  const { t } = useTexts();
  const glossary = useRef<HTMLInputElement>(null);
  const write = useRef<HTMLInputElement>(null);
  const booth = useConsole({
    ...parts,
    signals,
    say,
    onMuted,
    onFocus: (field) => (field === "write" ? write : glossary).current?.focus(),
  });
  const name = useKeyLabels();
  const key = (action: keyof typeof booth.keys) => name(booth.keys[action]);
  useKeys(booth.keys, true, { onDown: booth.run, onUp: booth.release });
  const terms = useGlossary({
    sessionId: parts.known.session.id,
    from: booth.floorLanguage.tag,
    into: booth.language,
    version: booth.glossary,
  });
  const close = () => booth.setSheet(null);

  return (
    <div
      className={styles.page}
      data-air={booth.air}
      data-microphone={booth.mic}
      data-double={booth.double || undefined}
    >
      <div className={styles.edge} aria-hidden="true" />
      <Air booth={booth} known={parts.known} />
      <main className={styles.main}>
        <div className={styles.column}>
          <Alarms booth={booth} stage={parts.stage} deaf={deaf} blocked={blocked} notice={notice} />
          <Handover booth={booth} name={key} />
          <Speak booth={booth} ear={parts.ear} name={key} />
          <Hear booth={booth} heard={heard} name={key} />
        </div>
        <LiveText booth={booth} captions={captions} terms={terms} name={key} />
        <div className={styles.column}>
          <Terms booth={booth} captions={captions} terms={terms} search={glossary} name={key} />
          <Chat booth={booth} field={write} name={key} />
          <Button
            look="quiet"
            icon={<IconKeyboard size={20} />}
            onClick={() => booth.setSheet("help")}
          >
            {t("keys.title")} <kbd>?</kbd>
          </Button>
        </div>
      </main>
      <Sheet title={t("keys.title")} open={booth.sheet === "help"} onClose={close}>
        <KeyHelp keys={booth.keys} onChange={booth.change} />
      </Sheet>
      <Sheet title={t("preflight.title")} open={booth.sheet === "check"} onClose={close}>
        <div className={preflight.sheet}>
          <Devices {...parts} />
        </div>
      </Sheet>
      <Sheet title={t("hear.title")} open={booth.sheet === "sources"} onClose={close}>
        <Sources booth={booth} onDone={close} />
      </Sheet>
    </div>
  );
}
