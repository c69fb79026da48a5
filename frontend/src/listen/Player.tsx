import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";
import type { Channel, Session } from "../api/types";
import { StateTag, type Tone } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./Player.module.css";
import type { TunerState } from "./sound/tuner";
import { voiceOf, whyOf, type Status } from "./status";

interface PlayerProps {
  session: Session;
  channel: Channel;
  tuner: TunerState;
  status: Status;
  onPlay: () => void;
  onStop: () => void;
}

const TONES: Partial<Record<Status, Tone>> = {
  live: "ready",
  reading: "calm",
  silent: "calm",
  planned: "calm",
  ended: "calm",
  connecting: "calm",
  ready: "calm",
};

const REFUSED: readonly Status[] = ["full", "too_many"];
const WAITING: readonly Status[] = ["connecting", "reconnecting", ...REFUSED];

/** The one big button, what it plays, whose voice that is and how it stands. */
export function Player({ session, channel, tuner, status, onPlay, onStop }: PlayerProps) {
  const { t } = useTexts();
  const { tenths } = useFormats();
  const word = useStatusWord(session, status);
  const { language } = channel;
  const plays = tuner.soundWanted && !tuner.blocked;
  const lag = tuner.message?.lag_s;
  const voice = voiceOf(channel, tuner);
  const name = voice === "interpreter" ? tuner.message?.name : "";
  const why = status === "ended" ? null : whyOf(channel, tuner);

  return (
    <section className={styles.player} aria-label={t("listen.player")}>
      {status !== "ended" && (
        <button
          type="button"
          className={styles.button}
          data-waiting={WAITING.includes(status) || undefined}
          aria-label={t(plays ? "listen.stop" : "listen.play", { language: language.name })}
          onClick={plays ? onStop : onPlay}
        >
          {plays ? (
            <IconPlayerStopFilled size={40} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={44} aria-hidden="true" />
          )}
        </button>
      )}
      <div className={styles.words}>
        <h2 className={styles.language} lang={language.tag} dir={language.direction}>
          {language.name}
        </h2>
        <p className={styles.voice}>
          <span data-voice={voice}>{t(`voice.${voice}`)}</span>
          {name && (
            <span>
              {" "}
              · <bdi>{name}</bdi>
            </span>
          )}
          {voice === "machine" && typeof lag === "number" && status !== "ended" && (
            <span> · {t("listen.behind", { seconds: tenths(lag) })}</span>
          )}
        </p>
        <p role="status" className={styles.status}>
          <StateTag tone={TONES[status] ?? "attention"}>{word}</StateTag>
        </p>
        <p role="status" className={styles.hint}>
          {why && t(`why.${why}`)}
        </p>
        {REFUSED.includes(status) && <p className={styles.hint}>{t("listen.keepsTrying")}</p>}
        {status === "planned" && tuner.soundWanted && (
          <p className={styles.hint}>{t("listen.byItself")}</p>
        )}
      </div>
    </section>
  );
}

function useStatusWord(session: Session, status: Status): string {
  const { t } = useTexts();
  const { time } = useFormats();
  switch (status) {
    case "planned":
      return session.starts_at
        ? t("listen.startsAt", { time: time(session.starts_at) })
        : t("listen.notStarted");
    default:
      return t(`listen.${status}`);
  }
}
