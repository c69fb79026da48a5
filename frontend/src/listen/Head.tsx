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
        <h1 className={styles.title} dir="auto">
          {session.title}
        </h1>
        <p className={styles.place} dir="auto">
          {room.name} · {event.title}
        </p>
      </div>
      <SessionTag state={state ?? session.state} />
    </header>
  );
}
