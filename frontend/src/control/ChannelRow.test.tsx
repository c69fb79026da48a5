// @vitest-environment jsdom
import { act, render } from "@testing-library/react";
import { Profiler } from "react";
import { expect, test } from "vitest";
import { booth } from "../i18n/catalogues/booth/en";
import { en } from "../i18n/catalogues/en";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import type { ChannelFacts, LiveChannel, ServerMessage } from "../live/messages";
import { LiveStore } from "../live/store";
import { language, session } from "../testing/fakes";
import { ChannelRow, type RowActions } from "./ChannelRow";

const TAGS = Array.from({ length: 50 }, (_, at) => `l${at}`);
const CHANNELS: LiveChannel[] = TAGS.map((tag) => ({
  language: language(tag),
  policy: "human_first",
  original: false,
  unmanned: "slate",
  stand_in_s: 6,
  turn_s: 1800,
  booth: null,
}));
const hello: ServerMessage = {
  type: "hello",
  now_s: 0,
  session: session("live", ...TAGS),
  channels: CHANNELS,
  facts: Object.fromEntries(TAGS.map((tag) => [tag, { owned: true, input: "machine" as const }])),
};
const cleared: string[] = [];
const actions: RowActions = {
  onPolicy: () => undefined,
  onForce: () => undefined,
  onClear: (tag, kind) => cleared.push(`${tag} ${kind}`),
  onOpen: () => undefined,
};

function rows(restMs = 0) {
  const store = new LiveStore(restMs);
  const rendered = new Map<string, number>();
  store.receive(hello, 0);
  const { container } = render(
    <TextsProvider texts={textsOf("en", "ltr", { ...en, ...booth })}>
      <table>
        {CHANNELS.map((channel) => (
          <Profiler
            key={channel.language.tag}
            id={channel.language.tag}
            onRender={(id) => rendered.set(id, (rendered.get(id) ?? 0) + 1)}
          >
            <ChannelRow store={store} channel={channel} live listeners={3} actions={actions} />
          </Profiler>
        ))}
      </table>
    </TextsProvider>,
  );
  rendered.clear();
  return { store, rendered, container };
}
const report = (
  tag: string,
  level_db: number,
  more: Partial<ChannelFacts> = {},
): ServerMessage => ({
  type: "channel",
  language: tag,
  facts: { owned: true, input: "machine", level_db, ...more },
});

test("a channel's report renders its own row and no other", () => {
  const { store, rendered } = rows();
  act(() => store.receive(report("l7", -20), 0));
  expect([...rendered]).toEqual([["l7", 1]]);
});

test("messages that are about no row render none", () => {
  const { store, rendered } = rows();
  act(() => {
    store.receive({ type: "pong", t: 0, now_s: 1 }, 10);
    store.receive({ type: "floor", speaking: true }, 10);
  });
  expect(rendered.size).toBe(0);
});

test("an alarm renders the row that it is about, and is said in words", () => {
  const { store, rendered, container } = rows();
  const alarm = { kind: "nobody_on_air", who: "", on: true, at_s: 1 } as const;
  act(() => store.receive({ type: "alarm", language: "l3", ...alarm }, 0));
  expect([...rendered.keys()]).toEqual(["l3"]);
  expect(container.querySelector("[data-channel=l3]")?.textContent).toContain(
    booth["alarm.nobody_on_air"],
  );
});

test("an alarm that nobody takes back is ended by a button, others are not", () => {
  const { store, container } = rows();
  const since = { who: "a", since_s: 1 };
  act(() =>
    store.receive(
      report("l3", -20, {
        alarms: [
          { kind: "sound_unfit", ...since },
          { kind: "double_microphone", ...since },
        ],
      }),
      0,
    ),
  );
  const end = container.querySelectorAll<HTMLElement>("[data-channel=l3] [data-alarm] button");
  expect(end).toHaveLength(1);
  end[0]?.click();
  expect(cleared).toEqual(["l3 sound_unfit"]);
  expect(document.activeElement).toBe(container.querySelector("[data-channel=l3] td > button"));
});

test("how good the machine is stands in the row, in words where it is not good", () => {
  const { store, container } = rows();
  const quality = { lines: 20, skipped: 0, condensed: 0, doubted: 0, terms: 0, terms_kept: 0 };
  const cell = () => container.querySelector("[data-channel=l3] [data-label=Quality]")?.textContent;
  const why = () => container.querySelector("[data-channel=l3] tr + tr")?.textContent;
  expect(cell()).toBe("–");
  act(() => store.receive(report("l3", -20, { quality }), 0));
  expect([cell(), why()]).toEqual(["Good", undefined]);
  act(() => store.receive(report("l3", -20, { quality: { ...quality, skipped: 3 } }), 0));
  expect([cell(), why()]).toEqual(["Attention", "3 of 20 lines left out"]);
});

test("two reports of each of fifty channels in one moment render each row once", async () => {
  const { store, rendered } = rows(50);
  await act(async () => {
    for (const level of [-30, -20]) for (const tag of TAGS) store.receive(report(tag, level), 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(new Set(rendered.values())).toEqual(new Set([1]));
  expect(rendered.size).toBe(50);
});
