import type { Channel, Session } from "../api/types";
import { sessionNow } from "../common/sessionNow";
import type { TunerState } from "./sound/tuner";

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
  if (tuner.voiceless) return "voiceless";
  if (tuner.phase === "reconnecting" || tuner.phase === "connecting") return tuner.phase;
  if (tuner.soundWanted && tuner.message?.input === "slate") return "voiceless";
  if (!tuner.soundWanted) return "reading";
  return tuner.message?.floor === "silent" ? "silent" : "live";
}

/** Whose voice a channel is, known before any sound from what kind of channel it is. */
export function voiceOf(channel: Channel, tuner: TunerState): "machine" | "original" {
  const input = tuner.message?.input;
  if (input === "floor") return "original";
  if (input === "machine") return "machine";
  return channel.original ? "original" : "machine";
}
