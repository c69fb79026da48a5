import { Profiler } from "react";
import type { BoothConsole } from "../api/types";
import { Console } from "../booth/Console";
import { BoothSound } from "../booth/hooks/useBoothSound";
import { useSignals } from "../booth/hooks/useSignals";
import type { BoothParts } from "../booth/parts";
import { NONE } from "../booth/sound/guard/exposure";
import { CaptionStore } from "../common/captions/store";
import type { ChannelFacts, ClientMessage, LiveChannel, ServerMessage } from "../live/messages";
import { LiveStore } from "../live/store";
import type { Wish } from "../live/useLiveSession";
import { language, session } from "./fakes";
import { show } from "./workplace";

const doNothing = () => undefined;

/** Ann's Spanish booth; with her is Bob. The floor speaks English. */
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
  more: Partial<Extract<ServerMessage, { type: "hello" }>> = {},
): ServerMessage => ({
  type: "hello",
  now_s: 100,
  session: session("live", ...tags),
  channels: channelsOf(tags),
  facts: { es: { owned: true, input: "machine" }, ...facts },
  ...more,
});

export const report = (tag: string, facts: Partial<ChannelFacts>): ServerMessage => ({
  type: "channel",
  language: tag,
  facts: { owned: true, input: "machine", ...facts },
});

interface Options {
  tags?: readonly string[];
  me?: Partial<BoothConsole["me"]>;
  hello?: ServerMessage;
  parts?: Partial<BoothParts>;
  blocked?: boolean;
}

/**
 * A console without a service, a microphone or sound. `store` and `captions` are told what the
 * service would say; `asked` and `sent` are what the console said.
 */
export function showConsole({ tags = ["es", "fr"], me, hello, parts, blocked }: Options = {}) {
  const store = new LiveStore();
  const captions = new CaptionStore();
  const asked: Wish[] = [];
  const sent: ClientMessage[] = [];
  const renders: number[] = [];
  store.receive(hello ?? helloOf(tags), Date.now());
  const whole: BoothParts = {
    known: {
      event: { slug: "e", title: "Conference" },
      room_name: "Hall A",
      session: session("live", ...tags),
      floor_language: language("en"),
      countdown_s: 10,
      language: language("es"),
      booth_name: "ES",
      me: { id: "ann", name: "Ann", show_name: false, retour: true, ...me },
      channels: [],
      now_s: 0,
    },
    live: {
      store,
      connection: "open",
      ask: (wish) => `c${asked.push(wish)}`,
      send: (message) => sent.push(message) > 0,
    },
    sound: new BoothSound("s1", doNothing, doNothing),
    stage: { phase: "on", muted: true, roundTripS: null, lossOut: null, lossIn: null },
    microphone: { stream: null } as BoothParts["microphone"],
    ear: null,
    headset: { devices: [], sinkId: "", choose: doNothing, possible: false },
    ...parts,
  };
  const shown = show(
    <Profiler id="console" onRender={(_id, _phase, ms) => renders.push(ms)}>
      <Whole parts={whole} captions={captions} blocked={blocked ?? false} />
    </Profiler>,
  );
  renders.length = 0;
  return { ...shown, store, captions, asked, sent, renders };
}

interface WholeProps {
  parts: BoothParts;
  captions: CaptionStore;
  blocked: boolean;
}

function Whole({ parts, captions, blocked }: WholeProps) {
  const signals = useSignals();
  return (
    <Console
      {...parts}
      captions={captions}
      signals={signals}
      heard={{ exposure: NONE, limitedDb: 0 }}
      deaf={false}
      blocked={blocked}
      notice={null}
      say={doNothing}
      onMuted={doNothing}
    />
  );
}
