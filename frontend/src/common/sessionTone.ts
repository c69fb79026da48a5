import type { SessionState } from "../api/types";
import type { Key } from "../i18n/catalogue";
import type { Tone } from "./StateTag";

/** How each state of a session looks and is called. */
export const SESSION_TONES: Record<SessionState, { tone: Tone; text: Key }> = {
  planned: { tone: "calm", text: "session.planned" },
  live: { tone: "on-air", text: "session.live" },
  paused: { tone: "attention", text: "session.paused" },
  ended: { tone: "calm", text: "session.ended" },
};
