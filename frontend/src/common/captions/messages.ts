import type { Caption } from "../../api/types";

export type Skip = NonNullable<Caption["skipped"]>;

/** A segment's number, or `i` and a number: something recognised from an interpreter's voice. */
export type CaptionId = number | string;

/** Whose words a caption is. */
export type By = "floor" | "machine" | "interpreter";

export type AnyCaption = Omit<Caption, "skipped" | "by" | "said"> & {
  /** What the voice said of it, where it had to be short. */
  said?: string;
  skipped?: Caption["skipped"];
  by?: By | null;
};

export type CaptionMessage =
  | ({ kind: "final" } & AnyCaption)
  | { kind: "interim"; id: CaptionId; language: string; text: string; by?: By }
  | { kind: "skipped"; id: CaptionId; language: string; skipped: Skip }
  | { kind: "condensed"; id: CaptionId; language: string; text: string };

export interface StateMessage {
  kind: "state";
  session: "live" | "paused" | "ended";
  floor: "speaking" | "silent";
  input: "machine" | "interpreter" | "floor" | "slate";
  who: string;
  /** The interpreter's, where she agreed that listeners read it. */
  name?: string;
  /** From when on, in session time. */
  since_s?: number | null;
  /** Why this input is on air. */
  reason?: string;
  /** The booths say that the floor's sound cannot be interpreted. */
  sound_unfit?: boolean;
  lag_s: number | null;
  publisher: string;
}

/** The floor job's word to the stage. */
export interface StageState {
  kind: "state";
  session: "live" | "paused" | "ended";
  floor: "speaking" | "silent";
  level_db: number | null;
  languages: string[];
}

/** A booth's word to the stage. */
export interface Signal {
  kind: "slow_down" | "sound_unfit";
  language: string;
  on: boolean;
}

const KINDS: Record<string, readonly string[]> = {
  captions: ["final", "interim", "skipped", "condensed"],
  state: ["state"],
  signals: ["slow_down", "sound_unfit"],
};

/** A data message of a listener room; null for what this page does not know. */
export function parseMessage(topic: string | undefined, payload: Uint8Array) {
  if (topic === "signals") return null;
  return read(topic, payload) as CaptionMessage | StateMessage | null;
}

/** A data message of the stage room; null for what this page does not know. */
export function parseStageMessage(topic: string | undefined, payload: Uint8Array) {
  return read(topic, payload) as CaptionMessage | StageState | Signal | null;
}

function read(topic: string | undefined, payload: Uint8Array): object | null {
  const kinds = KINDS[topic ?? ""];
  if (!kinds) return null;
  try {
    const message = JSON.parse(new TextDecoder().decode(payload)) as { kind?: string };
    return kinds.includes(message.kind ?? "") ? message : null;
  } catch {
    return null;
  }
}
