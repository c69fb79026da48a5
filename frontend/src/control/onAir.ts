import type { Tone } from "../common/StateTag";
import type { Key } from "../i18n/catalogue";
import type { ChannelFacts, LiveChannel } from "../live/messages";

/** How a channel stands, in a word, and who that is. */
export function onAirOf(
  facts: ChannelFacts,
  channel: LiveChannel,
  live: boolean,
): { tone: Tone; text: Key; who: string } {
  if (!live) return { tone: "calm", text: "channel.off", who: "" };
  if (!facts.owned) return { tone: "attention", text: "channel.unowned", who: "" };
  switch (facts.input) {
    case "machine":
      return { tone: "ready", text: "channel.machine", who: "" };
    case "floor":
      return { tone: "ready", text: "channel.floor", who: "" };
    case "interpreter": {
      const name = channel.booth?.interpreters.find(({ id }) => id === facts.who)?.name;
      return { tone: "on-air", text: "channel.interpreter", who: name ?? "" };
    }
    case "slate":
      return { tone: "attention", text: "channel.slate", who: "" };
    default:
      return { tone: "calm", text: "channel.waiting", who: "" };
  }
}
