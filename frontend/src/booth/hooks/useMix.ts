import { useEffect } from "react";
import { channelSource, mixOf, type Listening } from "../sound/mix";
import type { BoothSound } from "./useBoothSound";

interface Situation {
  listening: Listening;
  /** The language of the channel that she works for. */
  own: string;
  prepare: boolean;
  listenIn: boolean;
  normalise: boolean;
}

/**
 * Lets an interpreter hear what she chose, or what a handover to her asks for.
 *
 * @example
 * useMix(sound, { listening, own: "es", prepare: false, listenIn: false, normalise: true });
 */
export function useMix(sound: BoothSound, situation: Situation): void {
  const { listening, own, prepare, listenIn, normalise } = situation;
  useEffect(
    () => sound.setMix(mixOf(listening, { own: channelSource(own), prepare, listenIn })),
    [sound, listening, own, prepare, listenIn],
  );
  useEffect(() => sound.hearing.setNormalising(normalise), [sound, normalise]);
}
