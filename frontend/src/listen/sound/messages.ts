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

const KINDS: Record<string, readonly string[]> = {
  captions: ["final", "interim", "skipped"],
  state: ["state"],
};

/** A data message of a listener room; null for what this page does not know. */
export function parseMessage(
  topic: string | undefined,
  payload: Uint8Array,
): CaptionMessage | StateMessage | null {
  const kinds = KINDS[topic ?? ""];
  if (!kinds) return null;
  try {
    const message = JSON.parse(new TextDecoder().decode(payload)) as { kind?: string };
    return kinds.includes(message.kind ?? "") ? (message as CaptionMessage | StateMessage) : null;
  } catch {
    return null;
  }
}
