import { useEffect, useState } from "react";

/**
 * The time in milliseconds, every second while it is wanted.
 *
 * @example
 * const nowMs = useNow(isLive);
 */
export function useNow(wanted: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [wanted]);
  return nowMs;
}
