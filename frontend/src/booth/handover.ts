import { MACHINE, type ChannelFacts } from "../live/messages";
import type { Wish } from "../live/useLiveSession";

/** What a key press means now, for the channel that the interpreter works for. */
export type Gestures =
  | "take"
  | "hand_over"
  | "hand_over_now"
  | "machine"
  | "machine_now"
  | "accept"
  | "decline"
  | "cancel";

export interface Scene {
  language: string;
  facts: ChannelFacts;
  meId: string;
  partnerId: string | null;
  countdownS: number;
}

/**
 * The command that a gesture makes; null where it has no meaning now. Handing over and asking for
 * it are one gesture, with a partner as with the machine: who holds the channel gives, the other
 * one asks.
 */
export function wishOf(gesture: Gestures, scene: Scene): Wish | null {
  const { language, facts, meId, partnerId, countdownS } = scene;
  const { handover } = facts;
  const holds = holdsIt(facts, meId);
  switch (gesture) {
    case "take":
      return { language, gesture: "take" };
    case "hand_over":
    case "hand_over_now": {
      if (handover?.to_answer === meId && handover.stage === "open") {
        return { language, gesture: "accept" };
      }
      if (partnerId === null) return null;
      const wait = gesture === "hand_over" ? countdownS : 0;
      return { language, gesture: holds ? "offer" : "ask", to: partnerId, countdownS: wait };
    }
    case "machine":
      return {
        language,
        gesture: holds ? "offer" : "ask",
        to: MACHINE,
        countdownS,
      };
    case "machine_now":
      return { language, gesture: holds ? "release" : "take" };
    case "accept":
    case "decline":
      return handover?.stage === "open" && handover.to_answer === meId
        ? { language, gesture }
        : null;
    case "cancel":
      return handover && concerns(handover, meId) ? { language, gesture: "cancel" } : null;
  }
}

export function holdsIt(facts: ChannelFacts, meId: string): boolean {
  return facts.holder === meId || (facts.input === "interpreter" && facts.who === meId);
}

function concerns(handover: { giver: string; taker: string }, id: string): boolean {
  return handover.giver === id || handover.taker === id;
}

/** What to say of a handover that runs, from one side of it. */
export interface HandoverView {
  word: "to_answer" | "waiting" | "giving" | "taking" | "others";
  /** Seconds to the switch, while it counts. */
  remainingS: number | null;
  /** The one on the other side: an interpreter's id or the machine. */
  other: string;
}

export function viewOf(facts: ChannelFacts, meId: string, nowS: number): HandoverView | null {
  const { handover } = facts;
  if (!handover) return null;
  const { stage, giver, taker, to_answer, switch_s } = handover;
  const other = giver === meId ? taker : giver;
  const remainingS =
    stage === "counting" && switch_s !== null ? Math.max(0, switch_s - nowS) : null;
  if (!concerns(handover, meId)) return { word: "others", remainingS, other: taker };
  if (stage === "open") {
    return { word: to_answer === meId ? "to_answer" : "waiting", remainingS, other };
  }
  return { word: taker === meId ? "taking" : "giving", remainingS, other };
}

/** She is about to take the channel: what it sounds like now comes in front, the floor behind. */
export function listensIn(facts: ChannelFacts, meId: string): boolean {
  return facts.handover?.stage === "counting" && facts.handover.taker === meId;
}

/** The channel should be ready to be heard, because a handover to her has begun. */
export function mayListenIn(facts: ChannelFacts, meId: string): boolean {
  return facts.handover?.taker === meId;
}
