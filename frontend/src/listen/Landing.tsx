import { IconInfoCircle } from "@tabler/icons-react";
import type { Event, Room, Session } from "../api/types";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { Head } from "./Head";
import styles from "./Landing.module.css";
import { LanguageList } from "./LanguageList";

interface LandingProps {
  event: Event;
  room: Room;
  session: Session;
  /** The language that was heard until now is not offered any more. */
  gone: boolean;
  onChoose: (tag: string) => void;
}

/** The first screen: which language? */
export function Landing({ event, room, session, gone, onChoose }: LandingProps) {
  const { t } = useTexts();
  const { time } = useFormats();
  const question = session.state === "ended" ? t("landing.read") : t("landing.question");
  const word = {
    planned: session.starts_at
      ? t("listen.startsAt", { time: time(session.starts_at) })
      : t("listen.notStarted"),
    live: t("landing.live"),
    paused: t("listen.paused"),
    ended: t("landing.ended"),
  }[session.state];

  return (
    <div
      className={styles.landing}
      data-state={session.state === "live" ? "choosing" : session.state}
    >
      <Head event={event} room={room} session={session} />
      <main className={styles.main}>
        {gone && (
          <p role="alert" className={styles.gone}>
            <IconInfoCircle size={20} aria-hidden="true" />
            {t("listen.gone")}
          </p>
        )}
        <div className={styles.ask}>
          <h2>{question}</h2>
          <p>{word}</p>
        </div>
        <LanguageList session={session} chosen={null} label={question} onChoose={onChoose} />
        <p className={styles.machine}>{t("landing.machine")}</p>
      </main>
    </div>
  );
}
