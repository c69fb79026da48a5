import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/errors";

interface Searched<T> {
  answer: T | null;
  /** What the answer is to; null before the first. */
  query: string | null;
  problem: ApiError | null;
}

const NOTHING = { answer: null, query: null, problem: null };

/**
 * What the service finds for a query. An answer that a newer question has overtaken is dropped;
 * the one before is kept until the next one comes. `ask` may change: the newest one is used.
 *
 * @example
 * const { answer, loading, problem, refresh } = useSearched((q) => readGlossary(slug, q), query);
 */
export function useSearched<T>(ask: (query: string) => Promise<T>, query: string) {
  const [searched, setSearched] = useState<Searched<T>>(NOTHING);
  const newest = useRef({ ask, query });
  const turn = useRef(0);
  useEffect(() => {
    newest.current = { ask, query };
  });

  const refresh = useCallback(async () => {
    const { ask, query } = newest.current;
    const mine = ++turn.current;
    try {
      const answer = await ask(query);
      if (mine === turn.current) setSearched({ answer, query, problem: null });
    } catch (error) {
      const problem = error instanceof ApiError ? error : new ApiError(0, "failed", "");
      if (mine === turn.current) setSearched(({ answer }) => ({ answer, query, problem }));
    }
  }, []);

  useEffect(() => {
    void refresh();
  }, [query, refresh]);

  return {
    answer: searched.answer,
    problem: searched.problem,
    loading: searched.query !== query,
    refresh,
  };
}
