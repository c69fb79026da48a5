import { IconMicrophone, IconMicrophoneOff, IconPlayerStopFilled } from "@tabler/icons-react";
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from "react";
import type { Language, Session } from "../api/types";
import { Button } from "../common/Button";
import type { CaptionStore } from "../common/captions/store";
import { formatDuration } from "../common/duration";
import { sessionNow } from "../common/sessionNow";
import { useNow } from "../common/useNow";
import { useTexts } from "../i18n/useTexts";
import type { Key } from "../i18n/catalogue";
import type { BroadcastState } from "./broadcast";
import { Meter } from "../microphone/Meter";
import { MicrophonePicker, type Microphone } from "../microphone/MicrophonePicker";
import { MicrophoneTrouble } from "../microphone/MicrophoneTrouble";
import { Signals } from "./Signals";
import styles from "./Stage.module.css";

const SHOWN_LINES = 30;

interface OnStageProps {
  session: Session;
  state: BroadcastState;
  captions: CaptionStore;
  /** What the floor speaks now. */
  spoken: Language;
  /** What the speaker may choose. */
  choices: ReactNode;
  microphone: Microphone;
  /** The session runs, so that what is said is heard. */
  begun: boolean;
  onMute: (muted: boolean) => void;
  onStop: () => void;
}

/** While live: the level, the time, what is recognised, who is reached. */
export function OnStage(props: OnStageProps) {
  const { session, state, captions, spoken, choices, microphone } = props;
  const { begun, onMute, onStop } = props;
  const { t, language } = useTexts();
  const isOn = state.phase === "on";
  const nowMs = useNow(isOn);
  const onAir =
    isOn &&
    !state.muted &&
    microphone.stream !== null &&
    sessionNow(session, state.message) === "live";

  return (
    <>
      <Signals signals={state.signals} session={session} nowMs={nowMs} />
      <section className={styles.card}>
        <div className={styles.air} data-on={onAir || undefined}>
          <p role="status" className={styles.phase}>
            {onAir && (
              <svg viewBox="0 0 12 12" width="16" height="16" aria-hidden="true">
                <circle cx="6" cy="6" r="6" fill="currentColor" />
              </svg>
            )}
            {t(phaseText(state, session, begun))}
          </p>
          {isOn && state.sinceMs !== null && (
            <p className={styles.clock}>
              {formatDuration((nowMs - state.sinceMs) / 1000, language)}
            </p>
          )}
        </div>
        {microphone.stream ? (
          <Meter stream={microphone.stream} large />
        ) : (
          <MicrophoneTrouble microphone={microphone} />
        )}
        <div className={styles.two}>
          <Button
            look="plain"
            aria-pressed={state.muted}
            icon={state.muted ? <IconMicrophoneOff size={22} /> : <IconMicrophone size={22} />}
            onClick={() => onMute(!state.muted)}
          >
            {state.muted ? t("stage.unmute") : t("stage.mute")}
          </Button>
          <Button look="grave" icon={<IconPlayerStopFilled size={20} />} onClick={onStop}>
            {t("stage.stop")}
          </Button>
        </div>
      </section>
      {choices}
      <Heard spoken={spoken} captions={captions} />
      <section className={styles.card}>
        <h2>{t("stage.languages")}</h2>
        <ul className={styles.chips}>
          {session.channels
            .filter((channel) => channel.language.tag !== spoken.tag)
            .map((channel) => (
              <li key={channel.language.tag} lang={channel.language.tag}>
                {channel.language.name}
              </li>
            ))}
        </ul>
      </section>
      <section className={styles.card}>
        <h2>{t("stage.microphone")}</h2>
        <MicrophonePicker microphone={microphone} />
      </section>
    </>
  );
}

function phaseText(state: BroadcastState, session: Session, begun: boolean): Key {
  const now = sessionNow(session, state.message);
  if (now === "ended") return "stage.phase.ended";
  if (!begun) return "stage.phase.waiting";
  if (state.phase === "on") {
    if (now === "paused") return "stage.phase.paused";
    return state.muted ? "stage.phase.muted" : "stage.phase.on";
  }
  return `stage.phase.${state.phase}`;
}

function Heard({ spoken, captions }: { spoken: Language; captions: CaptionStore }) {
  const { t } = useTexts();
  const { tag, direction } = spoken;
  const { lines } = useSyncExternalStore(captions.subscribe, () => captions.of(tag));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);

  return (
    <section className={styles.card} aria-labelledby="heard-title">
      <h2 id="heard-title">{t("stage.heard")}</h2>
      <div ref={box} className={styles.heard} lang={tag} dir={direction}>
        {lines.length === 0 && <p className={styles.soft}>{t("stage.heard.nothing")}</p>}
        {lines.slice(-SHOWN_LINES).map((line) => (
          <p key={line.id} className={line.final ? undefined : styles.interim}>
            {line.text}
          </p>
        ))}
      </div>
    </section>
  );
}
