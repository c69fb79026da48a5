/** Packets come every 20 ms, also in silence; this long without any, the sound has stopped. */
export const STALL_MS = 1000;

/** From a stall on, how long a new publisher may take to turn up in the same room. */
export const PATIENCE_MS = 1500;

export interface Watch {
  /** Packets counted at the last look; null before the first. */
  packets: number | null;
  /** When the count last grew, or the watch began. */
  grewAtMs: number;
  lookedAtMs: number;
  flowing: boolean;
}

export function beginWatch(nowMs: number): Watch {
  return { packets: null, grewAtMs: nowMs, lookedAtMs: nowMs, flowing: false };
}

/**
 * One look at the count of received packets (null: there is no track to count).
 * A smaller count is a new connection that began again from zero, so it counts as growth too.
 */
export function look(watch: Watch, nowMs: number, packets: number | null): Watch {
  const grew = packets !== null && packets > 0 && packets !== watch.packets;
  return {
    packets: packets ?? watch.packets,
    grewAtMs: grew ? nowMs : watch.grewAtMs,
    lookedAtMs: nowMs,
    flowing: grew || watch.flowing,
  };
}

export type Verdict = "waiting" | "flowing" | "stalled" | "lost";

/** `waiting`: nothing came yet. `stalled`: it stopped. `lost`: time to look for another way. */
export function verdict(watch: Watch, stallMs: number = STALL_MS): Verdict {
  const stillMs = watch.lookedAtMs - watch.grewAtMs;
  if (stillMs >= stallMs + PATIENCE_MS) return "lost";
  if (!watch.flowing) return "waiting";
  return stillMs >= stallMs ? "stalled" : "flowing";
}
