import type { ChannelFacts } from "../live/messages";
import { holdsIt } from "./handover";

/** How long somebody has been working without a change. */
export interface Turn {
  who: string;
  /** Names the turn: the machine that stands in for a while does not end it. */
  sinceS: number;
  elapsedS: number;
  ofS: number;
  over: boolean;
}

/** The turn of whoever holds the channel; null where nobody does. */
export function turnOf(facts: ChannelFacts, nowS: number, ofS: number): Turn | null {
  const { turn } = facts;
  if (!turn || !holdsIt(facts, turn.who)) return null;
  const elapsedS = Math.max(0, nowS - turn.since_s);
  return { who: turn.who, sinceS: turn.since_s, elapsedS, ofS, over: elapsedS >= ofS };
}

/**
 * Whether the chime is due: once a turn, at its end. A page that is opened later than that stays
 * quiet, its clock says enough.
 */
export function isChimeDue(before: Turn | null, now: Turn): boolean {
  const same = before !== null && before.who === now.who && before.sinceS === now.sinceS;
  return same && !before.over && now.over && now.elapsedS - now.ofS < 5;
}
