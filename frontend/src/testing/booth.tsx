import { vi } from "vitest";
import type { BoothConsole } from "../api/types";
import type { BoothParts } from "../booth/parts";
import { BoothSound } from "../booth/hooks/useBoothSound";
import type { ChannelFacts, LiveChannel, ServerMessage } from "../live/messages";
import { LiveStore } from "../live/store";
import { language, session } from "./fakes";

/** A booth without a service, a microphone or sound: `store` is told what the service would say. */
export function boothOf(tags: readonly string[], change: Partial<BoothConsole> = {}) {
  const known: BoothConsole = {
    event: { slug: "e", title: "Conference" },
    room_name: "Hall A",
    session: session("live", ...tags),
    floor_language: language("en"),
    countdown_s: 10,
    language: language("es"),
    booth_name: "ES",
    me: { id: "ann", name: "Ann", show_name: false, retour: true },
    channels: [],
    now_s: 0,
    ...change,
  };
  const store = new LiveStore();
  const asked: unknown[] = [];
  const sent: unknown[] = [];
  const parts: BoothParts = {
    known,
    live: {
      store,
      connection: "open",
      ask: (wish) => {
        asked.push(wish);
        return "c1";
      },
      send: (message) => {
        sent.push(message);
        return true;
      },
    },
    sound: new BoothSound("s1", () => undefined),
    stage: { phase: "on", muted: true, roundTripS: null, lossOut: null, lossIn: null },
    microphone: {
      stream: null,
      problem: null,
      devices: [],
      deviceId: "",
      noisy: false,
      open: vi.fn(),
      choose: vi.fn(),
      setNoisy: vi.fn(),
    } as unknown as BoothParts["microphone"],
    ear: null,
    headset: { devices: [], sinkId: "", choose: () => undefined, possible: false },
  };
  return { parts, store, asked, sent, known };
}

export const channelsOf = (tags: readonly string[]): LiveChannel[] =>
  ["en", ...tags].map((tag) => ({
    language: language(tag),
    policy: "human_first",
    original: tag === "en",
    unmanned: "slate",
    stand_in_s: 6,
    turn_s: 1800,
    booth:
      tag === "es"
        ? {
            name: "ES",
            interpreters: [
              { id: "ann", name: "Ann", retour: true },
              { id: "bob", name: "Bob", retour: false },
            ],
          }
        : null,
  }));

export const helloOf = (
  tags: readonly string[],
  facts: Record<string, Partial<ChannelFacts>> = {},
): ServerMessage => ({
  type: "hello",
  now_s: 100,
  session: session("live", ...tags),
  channels: channelsOf(tags),
  facts: { es: { owned: true, input: "machine" }, ...facts },
});

export const report = (tag: string, facts: Partial<ChannelFacts>): ServerMessage => ({
  type: "channel",
  language: tag,
  facts: { owned: true, input: "machine", ...facts },
});
