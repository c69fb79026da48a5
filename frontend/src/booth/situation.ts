import type { SessionState } from "../api/types";
import type { ChannelFacts, MicrophoneFacts } from "../live/messages";

/** Whom the channel's listeners hear, seen from one interpreter; or why that is nobody. */
export type Air =
  | "me"
  | "partner"
  | "machine"
  | "floor"
  | "slate"
  | "starting"
  /** The session is live, and nobody runs the channel. */
  | "lost"
  | Exclude<SessionState, "live">
  /** The line to the service is down. */
  | "unknown";
/** What her own microphone does. */
export type Microphone = "open" | "muted" | "cough" | "none";
export type PartnerState = "on-air" | "open" | "ready" | "away";

export interface Seen {
  facts: ChannelFacts;
  meId: string;
  state: SessionState;
  /** The line to the service is up. */
  connected: boolean;
}

export function airOf({ facts, meId, state, connected }: Seen): Air {
  if (!connected) return "unknown";
  if (state !== "live") return state;
  switch (facts.input) {
    case "interpreter":
      return facts.who === meId ? "me" : "partner";
    case "":
      return facts.owned ? "starting" : "lost";
    default:
      return facts.input;
  }
}

/** Somebody or something is heard. */
export const isOnAir = (air: Air): boolean =>
  ["me", "partner", "machine", "floor", "slate"].includes(air);

export function microphoneOf(mic: {
  there: boolean;
  muted: boolean;
  coughing: boolean;
}): Microphone {
  if (!mic.there) return "none";
  if (mic.muted) return "muted";
  return mic.coughing ? "cough" : "open";
}

const isLive = (microphone: MicrophoneFacts) => microphone.connected && !microphone.muted;

/**
 * Whether two microphones of a booth are live. Her own is known here before the service tells.
 *
 * @param members the ids of the booth's interpreters
 */
export function isDouble(
  facts: ChannelFacts,
  members: readonly string[],
  meId: string,
  mine: Microphone,
): boolean {
  const others = facts.microphones.filter(
    (microphone) => microphone.id !== meId && members.includes(microphone.id) && isLive(microphone),
  );
  return others.length + (mine === "open" || mine === "cough" ? 1 : 0) >= 2;
}

export function partnerState(facts: ChannelFacts, partnerId: string): PartnerState {
  const microphone = facts.microphones.find(({ id }) => id === partnerId);
  if (!microphone?.connected) return "away";
  if (facts.input === "interpreter" && facts.who === partnerId) return "on-air";
  return microphone.muted ? "ready" : "open";
}

/** The partner that a handover is with: the one on air, else one who is there, else the first. */
export function partnerOf(
  facts: ChannelFacts,
  members: readonly string[],
  meId: string,
): string | null {
  const others = members.filter((id) => id !== meId);
  const isThere = (id: string) => partnerState(facts, id) !== "away";
  return others.find((id) => facts.who === id) ?? others.find(isThere) ?? others[0] ?? null;
}
