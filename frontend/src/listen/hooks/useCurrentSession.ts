import { useState } from "react";
import type { Room, Session } from "../../api/types";

/**
 * The session a room is at. One that ended while it was open stays, to be read, until another one
 * really begins.
 *
 * @example
 * const session = useCurrentSession(room); // null where the room has none
 */
export function useCurrentSession(room: Room | null): Session | null {
  const [shownId, setShownId] = useState<string | null>(null);
  const find = (id: string | null) => room?.sessions.find((session) => session.id === id) ?? null;
  const current = find(room?.current_session_id ?? null);
  const shown = find(shownId);
  const stays = shown?.state === "ended" && current?.state === "planned";
  const session = stays ? shown : current;
  if (session && session.id !== shownId) setShownId(session.id);
  return session;
}
