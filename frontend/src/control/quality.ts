import type { Key } from "../i18n/catalogue";
import type { ChannelFacts } from "../live/messages";

/** Something that makes a machine's channel worse than it should be. */
export interface Flaw {
  text: Key;
  values: Record<string, string | number>;
}

/** Longer than the pause between two sentences: the voice does not keep up. */
const BACKLOG_S = 4;
const FAST = 1.15;
/** A check that doubts one line of twenty is often wrong itself. */
const DOUBTS = 2;
const CONDENSED = 0.25;
const TERMS_KEPT = 0.9;

/**
 * What is wrong with the machine's last lines; empty: nothing. Null where there is nothing to say:
 * a person speaks, or nobody yet.
 *
 * @param number a number as the reader writes it
 */
export function flawsOf(facts: ChannelFacts, number: (value: number) => string): Flaw[] | null {
  const { quality, backlog_s, speed, engine, resting } = facts;
  if (facts.input !== "machine" || !quality || quality.lines === 0) return null;
  const { lines, skipped, condensed, doubted, terms, terms_kept } = quality;
  const flaws: (Flaw | false)[] = [
    skipped > 0 && { text: "quality.skipped", values: { count: skipped, lines } },
    condensed > CONDENSED * lines && {
      text: "quality.condensed",
      values: { count: condensed, lines },
    },
    doubted >= DOUBTS && { text: "quality.doubted", values: { count: doubted, lines } },
    terms_kept < TERMS_KEPT * terms && {
      text: "quality.terms",
      values: { kept: terms_kept, terms },
    },
    backlog_s !== null &&
      backlog_s > BACKLOG_S && {
        text: "quality.backlog",
        values: { seconds: number(backlog_s) },
      },
    speed !== null && speed > FAST && { text: "quality.fast", values: { speed: number(speed) } },
    ...resting.map((one): Flaw => ({
      text: "quality.stand_in",
      values: { engine: one.engine, serving: engine },
    })),
  ];
  return flaws.filter((flaw) => flaw !== false);
}
