import { useCallback, useEffect, useRef, useState } from "react";
import type { ClientMessage } from "../../live/messages";

export type SignalKind = "slow_down" | "sound_unfit";

/** A speaker is asked once, not for ever. */
const SLOW_DOWN_LASTS_MS = 20_000;

/**
 * What this interpreter tells the chair and the listeners, until she, or the organizer, takes it
 * back.
 *
 * @example
 * const { signals, toggle, drop } = useSignals();
 * toggle("slow_down");
 */
export function useSignals() {
  const [signals, setSignals] = useState<readonly SignalKind[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const drop = useCallback(
    (kind: string) => setSignals((now) => now.filter((each) => each !== kind)),
    [],
  );
  const toggle = useCallback(
    (kind: SignalKind) => {
      setSignals((now) =>
        now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind],
      );
      if (kind !== "slow_down") return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => drop("slow_down"), SLOW_DOWN_LASTS_MS);
    },
    [drop],
  );
  return { signals, toggle, drop };
}

/**
 * Says them to the service, which takes them back when the line is lost: so they are said again on
 * the next one.
 *
 * @example
 * useSaid(signals, connected, send);
 */
export function useSaid(
  signals: readonly SignalKind[],
  connected: boolean,
  send: (message: ClientMessage) => boolean,
): void {
  const said = useRef<readonly SignalKind[]>([]);
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
}
