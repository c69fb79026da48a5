/** Where sound comes from: `floor`, or a channel's language. */
export type Source = "floor" | `channel:${string}`;

export const channelSource = (language: string): Source => `channel:${language}`;

/** What an interpreter chose to hear. Volumes are 0 to 1, as on a fader. */
export interface Listening {
  front: Source;
  /** Heard behind it; null: nothing. */
  back: Source | null;
  frontVolume: number;
  backVolume: number;
  monitor: boolean;
  monitorVolume: number;
}

export const USUAL: Listening = {
  front: "floor",
  back: null,
  frontVolume: 0.8,
  backVolume: 0.25,
  monitor: false,
  monitorVolume: 0.4,
};

/** Steps of a volume key. */
export const STEP = 0.05;

export interface Around {
  /** Her own channel. */
  own: Source;
  /** A handover to her has begun: her channel is got ready. */
  prepare: boolean;
  /** It counts down: she hears the channel in front and the floor behind. */
  listenIn: boolean;
}

/** The gain of every source to be connected; 0: connected and not heard yet. */
export function mixOf(listening: Listening, around: Around): Map<Source, number> {
  const mix = new Map<Source, number>();
  const add = (source: Source, volume: number) =>
    mix.set(source, Math.max(mix.get(source) ?? 0, gainOf(volume)));
  if (around.prepare || around.listenIn) add(around.own, 0);
  if (around.listenIn) {
    add(around.own, listening.frontVolume);
    add("floor", listening.backVolume);
    return mix;
  }
  add(listening.front, listening.frontVolume);
  if (listening.back !== null) add(listening.back, listening.backVolume);
  if (listening.monitor) add(around.own, listening.monitorVolume);
  return mix;
}

/** What is in front goes behind and the other way round; the faders stay with their places. */
export function swapped(listening: Listening): Listening {
  const behind = listening.back ?? (listening.front === "floor" ? null : "floor");
  return behind === null ? listening : { ...listening, front: behind, back: listening.front };
}

/** Another source in front. A channel in front has the floor behind it; the floor has nothing. */
export function withFront(listening: Listening, front: Source): Listening {
  if (front === listening.front) return listening;
  return { ...listening, front, back: front === "floor" ? null : "floor" };
}

/** A fader is felt in decibels: half of it is about -18 dB. @example gainOf(1) // 1 */
export function gainOf(volume: number): number {
  const bound = Math.min(1, Math.max(0, volume));
  return bound ** 3;
}

export function stepped(volume: number, steps: number): number {
  return Math.round(Math.min(1, Math.max(0, volume + steps * STEP)) * 100) / 100;
}
