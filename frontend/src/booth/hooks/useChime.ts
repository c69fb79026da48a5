import { useEffect, useRef } from "react";
import { isChimeDue, type Turn } from "../turn";

/**
 * Rings once at the end of a turn.
 *
 * @param turn the turn of the one who listens; null while somebody else is on air
 * @param sinceS when it began: another one is another turn
 * @example
 * useChime(isMine ? turn : null, facts.since_s, () => hearing.chime());
 */
export function useChime(turn: Turn | null, sinceS: number, ring: () => void): void {
  const before = useRef<{ sinceS: number; turn: Turn } | null>(null);
  const newest = useRef(ring);
  useEffect(() => {
    newest.current = ring;
  });
  useEffect(() => {
    const same = before.current?.sinceS === sinceS ? before.current.turn : null;
    before.current = turn && { sinceS, turn };
    if (turn && isChimeDue(same, turn)) newest.current();
  }, [turn, sinceS]);
}
