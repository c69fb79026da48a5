import { getEvent } from "../api/listening";
import { SessionTag } from "../common/SessionTag";
import { useAsked } from "../common/useAsked";
import { useTexts } from "../i18n/useTexts";
import styles from "./HomePage.module.css";

const AGAIN_MS = 15_000;

/** The rooms of an event and what each is at; a room leads to its listening page. */
export function RoomChoice({ slug }: { slug: string }) {
  const { t } = useTexts();
  const { answer: event } = useAsked(() => getEvent(slug), AGAIN_MS);
  if (!event) return <p className={styles.hint}>{t("common.loading")}</p>;
  if (event.rooms.length === 0) return <p className={styles.hint}>{t("home.noRooms")}</p>;
  return (
    <div className={styles.inside}>
      {event.description && <p className={styles.description}>{event.description}</p>}
      <ul className={styles.rooms}>
        {event.rooms.map((room) => {
          const session = room.sessions.find((each) => each.id === room.current_session_id);
          return (
            <li key={room.slug}>
              <a className={styles.room} href={`/e/${event.slug}/${room.slug}`}>
                <span className={styles.names}>
                  <strong>{room.name}</strong>
                  <span className={styles.by}>{session?.title ?? t("home.nothing")}</span>
                </span>
                {session && <SessionTag state={session.state} />}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
