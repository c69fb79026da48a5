import type { Language, Session } from "../api/types";

/** What the service tells the booths and the control room, and what they ask of it. */

export type Input = "machine" | "interpreter" | "floor" | "slate";
export type Policy = "human_first" | "machine_first" | "human_only" | "machine_only";

export type Reason =
  | "started"
  | "stopped"
  | "taken"
  | "released"
  | "handed_over"
  | "returned"
  | "stood_in"
  | "disconnected"
  | "silent"
  | "muted"
  | "forced"
  | "policy"
  | "floor_language"
  | "machine_lost"
  | "machine_back"
  | "removed";

export type Gesture =
  "take" | "release" | "offer" | "ask" | "accept" | "decline" | "cancel" | "force";

export type Refusal =
  | "not_assigned"
  | "no_microphone"
  | "partner_on_air"
  | "not_on_air"
  | "nobody_there"
  | "no_handover"
  | "handover_running"
  | "policy"
  | "forced"
  | "not_live"
  | "machine_lost"
  | "too_late"
  /** Nobody works for the channel. */
  | "no_answer";

export type AlarmKind =
  | "muted_talking"
  | "wrong_language"
  | "nobody_on_air"
  | "double_microphone"
  | "solo_too_long"
  | "sound_unfit"
  | "slow_down";

/** In the place of an interpreter's id: the machine. */
export const MACHINE = "machine";

export interface MicrophoneFacts {
  id: string;
  connected: boolean;
  muted: boolean;
  speaking: boolean;
  level_db: number | null;
}

export interface Handover {
  stage: "open" | "counting" | "done" | "declined" | "cancelled" | "lapsed";
  giver: string;
  taker: string;
  to_answer: string;
  /** Session time of the switch, while it counts. */
  switch_s: number | null;
}

export interface AlarmFacts {
  kind: AlarmKind;
  who: string;
  since_s: number;
}

/** Since when an interpreter works without a change; `left_s`: when the machine stood in. */
export interface TurnFacts {
  who: string;
  since_s: number;
  left_s: number | null;
}

/** Of the machine's last lines: how many were left out, shortened, doubted, and kept their terms. */
export interface QualityFacts {
  lines: number;
  skipped: number;
  condensed: number;
  doubted: number;
  terms: number;
  terms_kept: number;
}

/** How a channel stands, as its job reports it. Session times in seconds, levels in dBFS. */
export interface ChannelFacts {
  owned: boolean;
  input: Input | "";
  who: string;
  reason: Reason | "";
  since_s: number;
  turn: TurnFacts | null;
  holder: string;
  forced: string;
  handover: Handover | null;
  microphones: readonly MicrophoneFacts[];
  alarms: readonly AlarmFacts[];
  level_db: number | null;
  machine_able: boolean;
  policy: Policy | "";
  backlog_s: number | null;
  lag_s: number | null;
  speed: number | null;
  skipped: number;
  quality: QualityFacts | null;
  /** The engine that speaks now, and those before it that rest because they failed. */
  engine: string;
  resting: readonly { engine: string }[];
  last_caption: string;
}

export interface Interpreter {
  id: string;
  name: string;
  retour: boolean;
  /** For organizers only: where the invitation stands. */
  place?: "invited" | "expired" | "working";
  show_name?: boolean;
}

export interface LiveChannel {
  language: Language;
  policy: Policy;
  original: boolean;
  turn_s: number;
  unmanned: "slate" | "floor";
  stand_in_s: number;
  /** For organizers only. */
  spoken_notice?: boolean;
  booth: { name: string; interpreters: readonly Interpreter[] } | null;
}

export interface OnAir {
  language: string;
  input: Input;
  who: string;
  name: string;
  reason: Reason;
  since_s: number;
}

export interface Chat {
  id: string;
  from: { id: string; name: string; booth: string };
  /** `partner`, `booths`, `organizer`, or a booth's language. */
  to: string;
  text: string;
  at: string;
}

export interface LiveCaption {
  kind: "interim" | "final";
  id: number | string;
  language: string;
  text: string;
  by?: "floor" | "machine" | "interpreter";
  start_s?: number | null;
  end_s?: number | null;
}

/** An alarm begins, or is over. */
export interface AlarmMessage {
  type: "alarm";
  language: string;
  kind: AlarmKind;
  who: string;
  on: boolean;
  at_s: number;
}

export type ServerMessage =
  | {
      type: "hello";
      now_s: number;
      session: Session;
      floor_language?: Language;
      detects_language?: boolean;
      channels: LiveChannel[];
      facts: Record<string, Partial<ChannelFacts> | null>;
      glossary?: string;
      countdown_s?: number;
      alarms?: AlarmMessage[];
      captions?: LiveCaption[];
      chat?: Chat[];
      timeline?: OnAir[];
      floor?: { speaking: boolean } | null;
    }
  | { type: "channel"; language: string; facts: Partial<ChannelFacts> | null }
  | {
      type: "plan";
      session: Session;
      floor_language?: Language;
      detects_language?: boolean;
      glossary?: string;
      countdown_s?: number;
      channels: LiveChannel[];
    }
  | ({ type: "on_air" } & OnAir)
  | { type: "answer"; command_id: string; refusal: Refusal | null; message: string }
  | ({ type: "handover"; language: string } & Handover)
  | AlarmMessage
  | ({ type: "caption" } & LiveCaption)
  | ({ type: "chat" } & Chat)
  | { type: "floor"; speaking: boolean }
  /** The organizer ended what this page signalled. */
  | { type: "cleared"; kind: AlarmKind }
  | { type: "pong"; t: number; now_s: number }
  | { type: "error"; code: string; message: string };

export interface Command {
  type: "command";
  id: string;
  language: string;
  gesture: Gesture;
  to: string;
  countdown_s: number;
}

export type ClientMessage =
  | Command
  | { type: "chat"; to: string; text: string }
  | { type: "signal"; kind: "slow_down" | "sound_unfit"; on: boolean }
  | { type: "report"; muted_talking: boolean }
  /** The organizer's: ends what a booth said and did not take back. */
  | { type: "clear"; language: string; kind: AlarmKind }
  | { type: "ping"; t: number };

const TYPES: readonly string[] = [
  "hello",
  "channel",
  "plan",
  "on_air",
  "answer",
  "handover",
  "alarm",
  "caption",
  "chat",
  "floor",
  "cleared",
  "pong",
  "error",
] satisfies ServerMessage["type"][];

/** A frame of the websocket; null for what this page does not know. */
export function parseServerMessage(frame: unknown): ServerMessage | null {
  if (typeof frame !== "string") return null;
  try {
    const message = JSON.parse(frame) as { type?: string } | null;
    return TYPES.includes(message?.type ?? "") ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}
