import { useMemo } from "react";
import { getGlossary } from "../../api/booth";
import { useAsked } from "../../common/useAsked";
import { entriesOf, type Entry } from "../text/marks";

const AGAIN_MS = 60_000;

/**
 * The event's terms from one language into another.
 *
 * @example
 * const entries = useGlossary(sessionId, "en", "es");
 */
export function useGlossary(sessionId: string, from: string, into: string): readonly Entry[] {
  const { answer } = useAsked(() => getGlossary(sessionId), AGAIN_MS);
  return useMemo(() => entriesOf(answer ?? [], from, into), [answer, from, into]);
}
