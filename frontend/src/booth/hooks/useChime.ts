import { useEffect, useRef } from "react";
import { isChimeDue, type Turn } from "../turn";

/**
 * Rings once at the end of a turn.
 *
 * @param turn the turn of the one who listens; null while somebody else has it
 * @example
 * useChime(turn?.who === meId ? turn : null, () => hearing.chime());
 */
export function useChime(turn: Turn | null, ring: () => void): void {
  const before = useRef<Turn | null>(null);
  const newest = useRef(ring);
  useEffect(() => {
    newest.current = ring;
  });
  useEffect(() => {
    if (turn && isChimeDue(before.current, turn)) newest.current();
    before.current = turn;
  }, [turn]);
}
