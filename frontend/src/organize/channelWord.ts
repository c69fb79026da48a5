import type { ChannelStatus, SessionState } from "../api/types";
import type { Tone } from "../common/StateTag";
import type { Key } from "../i18n/catalogue";

/** How a channel stands, in a word. */
export function channelWord(
  channel: ChannelStatus,
  session: SessionState,
): { tone: Tone; text: Key } {
  if (session !== "live") return { tone: "calm", text: "channel.off" };
  if (!channel.owned) return { tone: "attention", text: "channel.unowned" };
  switch (channel.input) {
    case "machine":
      return { tone: "on-air", text: "channel.machine" };
    case "floor":
      return { tone: "on-air", text: "channel.floor" };
    case "interpreter":
      return { tone: "on-air", text: "channel.interpreter" };
    case "slate":
      return { tone: "attention", text: "channel.slate" };
    default:
      return { tone: "calm", text: "channel.waiting" };
  }
}
