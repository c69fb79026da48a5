import type { Caption } from "../../api/types";

export type Skip = NonNullable<Caption["skipped"]>;

export type CaptionMessage =
  | ({ kind: "final" } & Caption)
  | { kind: "interim"; id: number; language: string; text: string }
  | { kind: "skipped"; id: number; language: string; skipped: Skip };

export interface StateMessage {
  kind: "state";
  session: "live" | "paused" | "ended";
  floor: "speaking" | "silent";
  input: "machine" | "floor" | "slate";
  who: string;
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

const KINDS: Record<string, readonly string[]> = {
  captions: ["final", "interim", "skipped"],
  state: ["state"],
};

/** A data message of a listener room; null for what this page does not know. */
export function parseMessage(topic: string | undefined, payload: Uint8Array) {
  return read(topic, payload) as CaptionMessage | StateMessage | null;
}

/** A data message of the stage room; null for what this page does not know. */
export function parseStageMessage(topic: string | undefined, payload: Uint8Array) {
  return read(topic, payload) as CaptionMessage | StageState | null;
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
