import type { Channel, Session } from "../api/types";
import { sessionNow } from "../common/sessionNow";
import type { Refusal, TunerState } from "./sound/tuner";

/** What the listener is told, one word of it at a time; also the page's `data-state`. */
export type Status =
  | "planned"
  | "paused"
  | "ended"
  | "offline"
  | "gone"
  | "ready"
  | "blocked"
  | "connecting"
  | "reconnecting"
  | Refusal
  | "voiceless"
  | "silent"
  | "reading"
  | "live";

/** The most important thing to say now. */
export function statusOf(session: Session, tuner: TunerState, online: boolean): Status {
  const state = sessionNow(session, tuner.message);
  if (state === "ended") return "ended";
  if (tuner.gone) return "gone";
  if (!online && tuner.phase !== "on") return "offline";
  if (state === "planned") return "planned";
  if (state === "paused") return "paused";
  if (tuner.language === null) return "ready";
  if (tuner.blocked) return "blocked";
  if (tuner.refused && tuner.phase !== "on") return tuner.refused;
  if (tuner.voiceless) return "voiceless";
  if (tuner.phase === "reconnecting" || tuner.phase === "connecting") return tuner.phase;
  if (tuner.soundWanted && tuner.message?.input === "slate") return "voiceless";
  if (!tuner.soundWanted) return "reading";
  return tuner.message?.floor === "silent" ? "silent" : "live";
}

/** Whose voice is heard, known before any sound from what kind of channel it is. */
export type Voice = "machine" | "interpreter" | "original" | "slate";

export function voiceOf(channel: Channel, tuner: TunerState): Voice {
  switch (tuner.message?.input) {
    case "floor":
      return "original";
    case "machine":
    case "interpreter":
    case "slate":
      return tuner.message.input;
    default:
      return channel.original ? "original" : "machine";
  }
}

/** Why the voice is what it is, where a listener would wonder. */
export type Why = "stands_in" | "floor_language" | "unmanned" | "sound_unfit";

export function whyOf(channel: Channel, tuner: TunerState): Why | null {
  const { message } = tuner;
  if (!message) return null;
  if (message.sound_unfit) return "sound_unfit";
  switch (message.input) {
    case "machine":
      return STANDS_IN.includes(message.reason ?? "") ? "stands_in" : null;
    case "floor":
      if (channel.original) return null;
      return message.reason === "floor_language" ? "floor_language" : "unmanned";
    default:
      return null;
  }
}

/** The interpreter is away for a moment. */
const STANDS_IN = ["disconnected", "silent", "muted"];
