import { useCallback, useEffect, useRef, useState } from "react";
import { codeOf } from "../api/errors";

interface Asked<T> {
  answer: T | null;
  /** The code of the last failure; null after a success. */
  problem: string | null;
}

/**
 * Something asked of the service, again every so often while the page is looked at, and at once
 * when it is looked at again. `ask` may change: the newest one is used.
 *
 * @example
 * const { answer, problem, refresh } = useAsked(listEvents, 10_000);
 */
export function useAsked<T>(ask: () => Promise<T>, everyMs: number | null) {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, problem: null });
  const newest = useRef(ask);
  const open = useRef(true);
  useEffect(() => {
    newest.current = ask;
  });

  const refresh = useCallback(async () => {
    try {
      const answer = await newest.current();
      if (open.current) setAsked({ answer, problem: null });
    } catch (error) {
      if (open.current) setAsked((before) => ({ ...before, problem: codeOf(error) }));
    }
  }, []);

  useEffect(() => {
    open.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async () => {
      clearTimeout(timer);
      await refresh();
      clearTimeout(timer);
      if (open.current && everyMs !== null) timer = setTimeout(again, everyMs);
    };
    const again = () => {
      if (document.visibilityState === "visible") void round();
    };
    void round();
    if (everyMs !== null) document.addEventListener("visibilitychange", again);
    return () => {
      open.current = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [everyMs, refresh]);

  return { ...asked, refresh };
}
