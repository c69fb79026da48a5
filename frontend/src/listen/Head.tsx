import type { Event, Room, Session, SessionState } from "../api/types";
import { SessionTag } from "../common/SessionTag";
import styles from "./Head.module.css";

interface HeadProps {
  event: Event;
  room: Room;
  session: Session;
  /** What the room itself says, where it is newer than the session. */
  state?: SessionState;
}

export function Head({ event, room, session, state }: HeadProps) {
  return (
    <header className={styles.head}>
      <div className={styles.names}>
        <h1 className={styles.title}>
          <bdi>{session.title}</bdi>
        </h1>
        <p className={styles.place}>
          <bdi>{room.name}</bdi> · <bdi>{event.title}</bdi>
        </p>
      </div>
      <SessionTag state={state ?? session.state} />
    </header>
  );
}
