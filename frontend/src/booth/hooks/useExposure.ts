import { useCallback, useEffect, useRef, useState } from "react";
import { expose, NONE, type Exposure } from "../sound/guard/exposure";
import type { GuardReport } from "../sound/guard/guard";

const SHOW_MS = 1000;

export interface Heard {
  exposure: Exposure;
  /** What the limiter took away in the last second, in dB. */
  limitedDb: number;
}

/**
 * What the headset gave in this session, also over a reload of the page.
 *
 * @example
 * const { heard, onReport } = useExposure(sessionId);
 */
export function useExposure(sessionId: string) {
  const name = `booth.exposure.${sessionId}`;
  const [heard, setHeard] = useState<Heard>(() => ({ exposure: kept(name), limitedDb: 0 }));
  const now = useRef<Heard>(heard);

  const onReport = useCallback((report: GuardReport) => {
    const { exposure, limitedDb } = now.current;
    now.current = {
      exposure: expose(exposure, report),
      limitedDb: Math.max(limitedDb, report.limitedDb),
    };
  }, []);

  useEffect(() => {
    const timer = setInterval(() => {
      setHeard(now.current);
      sessionStorage.setItem(name, JSON.stringify(now.current.exposure));
      now.current = { ...now.current, limitedDb: 0 };
    }, SHOW_MS);
    return () => clearInterval(timer);
  }, [name]);

  return { heard, onReport };
}

function kept(name: string): Exposure {
  try {
    const found = JSON.parse(sessionStorage.getItem(name) ?? "null") as Partial<Exposure> | null;
    return { ...NONE, ...found };
  } catch {
    return NONE;
  }
}
