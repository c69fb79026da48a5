import { expect, test } from "vitest";
import type { ChannelFacts, QualityFacts } from "../live/messages";
import { NO_FACTS } from "../live/state";
import { flawsOf } from "./quality";

const facts = (quality: Partial<QualityFacts>, more: Partial<ChannelFacts> = {}): ChannelFacts => ({
  ...NO_FACTS,
  owned: true,
  input: "machine",
  backlog_s: 0.4,
  speed: 1,
  quality: {
    ...{ lines: 20, skipped: 0, condensed: 0, doubted: 0, terms: 0, terms_kept: 0 },
    ...quality,
  },
  ...more,
});
const words = (...args: Parameters<typeof facts>) =>
  flawsOf(facts(...args), String)?.map(({ text, values }) => [text, ...Object.values(values)]);

test("a machine that keeps up and leaves nothing out is good", () => {
  expect(words({ condensed: 5, doubted: 1, terms: 10, terms_kept: 9 })).toEqual([]);
});

test("each flaw is said with its numbers", () => {
  const resting = [{ engine: "elevenlabs" }];
  const quality = { skipped: 1, condensed: 6, doubted: 2, terms: 10, terms_kept: 8 };
  expect(words(quality, { backlog_s: 4.2, speed: 1.2, engine: "piper", resting })).toEqual([
    ["quality.skipped", 1, 20],
    ["quality.condensed", 6, 20],
    ["quality.doubted", 2, 20],
    ["quality.terms", 8, 10],
    ["quality.backlog", "4.2"],
    ["quality.fast", "1.2"],
    ["quality.stand_in", "elevenlabs", "piper"],
  ]);
});

test.each([
  ["a person speaks", facts({ skipped: 9 }, { input: "interpreter" })],
  ["nothing was said yet", facts({ lines: 0 })],
  ["no job reports", NO_FACTS],
])("nothing is claimed where %s", (_why, known) => {
  expect(flawsOf(known, String)).toBeNull();
});
