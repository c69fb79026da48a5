import type { Session, SessionState } from "../api/types";

/**
 * The state to show. A room's message tells of a pause or an end before the session is asked for
 * again; of a session that is not live by now, an old message says nothing.
 */
export function sessionNow(
  session: Session,
  message: { session: SessionState } | null,
): SessionState {
  return session.state === "live" ? (message?.session ?? "live") : session.state;
}
