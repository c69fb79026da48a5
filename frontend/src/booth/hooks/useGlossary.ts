import { useEffect, useState } from "react";
import { getGlossary } from "../../api/booth";
import { entriesOf, isSame, NO_TERMS, TermIndex } from "../text/termIndex";

const AGAIN_MS = 10_000;

interface Wanted {
  sessionId: string;
  from: string;
  into: string;
  /** Another one where the terms changed. */
  version: string;
}

/**
 * The event's terms from one language into another, all of them; the ones before until others came.
 *
 * @example
 * const terms = useGlossary({ sessionId, from: "en", into: "es", version: state.glossary });
 */
export function useGlossary({ sessionId, from, into, version }: Wanted): TermIndex {
  const [known, setKnown] = useState({ from, into, terms: NO_TERMS });
  useEffect(() => {
    if (isSame(from, into)) return;
    let isOpen = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      try {
        const concepts = await getGlossary(sessionId, from, into);
        const terms = new TermIndex(entriesOf(concepts, from, into));
        if (isOpen) setKnown({ from, into, terms });
      } catch {
        if (isOpen) timer = setTimeout(() => void load(), AGAIN_MS);
      }
    };
    void load();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [sessionId, from, into, version]);
  return known.from === from && known.into === into ? known.terms : NO_TERMS;
}
