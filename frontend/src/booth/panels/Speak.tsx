import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { useLevel } from "../../microphone/useLevel";
import type { ConsoleState } from "../hooks/useConsole";
import type { Action } from "../keys/keymap";
import styles from "./Panel.module.css";

interface SpeakProps {
  booth: ConsoleState;
  ear: MediaStream | null;
  name: (action: Action) => string;
}

/** The microphone and the gestures, each with its key. */
export function Speak({ booth, ear, name }: SpeakProps) {
  const { t } = useTexts();
  const { bar } = useLevel(ear);
  const { mic, holds, retour, countdownS, run, signals } = booth;
  const key = (action: Action) => <kbd>{name(action)}</kbd>;

  return (
    <section className={styles.panel} aria-label={t("speak.title")}>
      <h2 className={styles.title}>{t("speak.title")}</h2>
      <div ref={bar} className={styles.level} aria-hidden="true">
        <div />
      </div>
      <div className={styles.buttons}>
        <Button
          look={mic === "muted" ? "main" : "grave"}
          aria-pressed={mic === "open" || mic === "cough"}
          onClick={() => run("microphone")}
        >
          {mic === "muted" ? t("speak.open") : t("speak.mute")} {key("microphone")}
        </Button>
        <Button
          look="plain"
          aria-pressed={mic === "cough"}
          onPointerDown={() => run("cough")}
          onPointerUp={() => booth.release("cough")}
          onPointerLeave={() => booth.release("cough")}
        >
          {t("speak.cough")} {key("cough")}
        </Button>
      </div>
      <div className={styles.pairs}>
        <Button look="plain" className={styles.wide} onClick={() => run("take")}>
          {t("speak.take")} {key("take")}
        </Button>
        <Button look="plain" onClick={() => run("hand_over")}>
          {t(holds ? "speak.handOver" : "speak.ask")} {key("hand_over")}
        </Button>
        <Button look="plain" onClick={() => run("hand_over_now")}>
          {t("speak.now")} {key("hand_over_now")}
        </Button>
        <Button look="plain" onClick={() => run("machine")}>
          {t(holds ? "speak.toMachine" : "speak.fromMachine")} {key("machine")}
        </Button>
        <Button look="plain" onClick={() => run("machine_now")}>
          {t("speak.now")} {key("machine_now")}
        </Button>
        {booth.canRetour && (
          <Button
            look="plain"
            className={styles.wide}
            aria-pressed={retour}
            onClick={() => run("retour")}
          >
            {t("speak.retour", { language: booth.session.source_language.name })} {key("retour")}
          </Button>
        )}
      </div>
      <p className={styles.soft}>
        {t("speak.countdown", { seconds: countdownS })} {key("countdown_less")}{" "}
        {key("countdown_more")}
      </p>
      <div className={styles.buttons}>
        <Button
          look="plain"
          aria-pressed={signals.includes("slow_down")}
          onClick={() => run("slow_down")}
        >
          {t("speak.slowDown")} {key("slow_down")}
        </Button>
        <Button
          look="plain"
          aria-pressed={signals.includes("sound_unfit")}
          onClick={() => run("sound_unfit")}
        >
          {t("speak.soundUnfit")} {key("sound_unfit")}
        </Button>
      </div>
    </section>
  );
}
