import { useCallback, useEffect, useRef, useState } from "react";
import { codeOf } from "../../api/errors";
import { getEvent } from "../../api/listening";
import type { Event } from "../../api/types";

const OFTEN_MS = 5000;
const SELDOM_MS = 20_000;
const SPREAD = 0.3;

interface Asked {
  event: Event | null;
  /** Why there is no (newer) event: "unknown_event", "unreachable", ... */
  problem: string | null;
}

/**
 * An event, asked for again every few seconds: often while its room is not live, so that the page
 * begins by itself.
 *
 * @example
 * const { event, problem, refresh } = useEvent("summit", isLive);
 */
export function useEvent(slug: string, isLive: (event: Event) => boolean) {
  const [asked, setAsked] = useState<Asked>({ event: null, problem: null });
  const again = useRef<() => void>(() => undefined);
  const judge = useRef(isLive);
  useEffect(() => {
    judge.current = isLive;
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let open = true;
    let asking = false;

    const ask = async () => {
      if (asking) return;
      asking = true;
      clearTimeout(timer);
      let waitMs = OFTEN_MS;
      try {
        const event = await getEvent(slug);
        if (!open) return;
        setAsked({ event, problem: null });
        if (judge.current(event)) waitMs = SELDOM_MS;
      } catch (error) {
        if (!open) return;
        setAsked((before) => ({ ...before, problem: codeOf(error) }));
      } finally {
        asking = false;
      }
      timer = setTimeout(() => void ask(), waitMs * (1 + SPREAD * (Math.random() - 0.5)));
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), Math.random() * 700);
    };
    const back = () => void ask();
    again.current = soon;
    void ask();
    window.addEventListener("online", back);
    return () => {
      open = false;
      clearTimeout(timer);
      window.removeEventListener("online", back);
    };
  }, [slug]);

  const refresh = useCallback(() => again.current(), []);
  return { ...asked, refresh };
}
