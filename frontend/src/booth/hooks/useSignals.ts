import { useCallback, useEffect, useRef, useState } from "react";
import type { ClientMessage } from "../../live/messages";

export type SignalKind = "slow_down" | "sound_unfit";

/** A speaker is asked once, not for ever. */
const SLOW_DOWN_LASTS_MS = 20_000;

/**
 * What this interpreter tells the chair and the listeners. The service takes it back when the line
 * is lost, so it is said again on the next one.
 *
 * @example
 * const { signals, toggle } = useSignals(connected, send);
 * toggle("slow_down");
 */
export function useSignals(connected: boolean, send: (message: ClientMessage) => boolean) {
  const [signals, setSignals] = useState<readonly SignalKind[]>([]);
  const said = useRef<readonly SignalKind[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    if (!connected) {
      said.current = [];
      return;
    }
    for (const kind of signals) {
      if (!said.current.includes(kind)) send({ type: "signal", kind, on: true });
    }
    for (const kind of said.current) {
      if (!signals.includes(kind)) send({ type: "signal", kind, on: false });
    }
    said.current = signals;
  }, [connected, signals, send]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const without = (kind: SignalKind) => setSignals((now) => now.filter((each) => each !== kind));
  const toggle = useCallback((kind: SignalKind) => {
    setSignals((now) =>
      now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind],
    );
    if (kind !== "slow_down") return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => without("slow_down"), SLOW_DOWN_LASTS_MS);
  }, []);

  return { signals, toggle };
}
