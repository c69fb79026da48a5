import type { EngineSlot, EngineWish } from "../../api/types";
import type { Key } from "../../i18n/catalogue";

/** In the order of the path. */
export const SLOTS: readonly EngineSlot[] = ["recognition", "translation", "speech"];

export const SLOT_TEXTS: Record<EngineSlot, Key> = {
  recognition: "trouble.recognise",
  translation: "trouble.translate",
  speech: "trouble.speak",
};

export const isSame = (one: EngineWish, other: EngineWish): boolean =>
  one.slot === other.slot && one.language === other.language;

/** By slot, then for all languages, then by language. */
export const sorted = (wishes: readonly EngineWish[]): EngineWish[] =>
  [...wishes].sort(
    (one, other) =>
      SLOTS.indexOf(one.slot) - SLOTS.indexOf(other.slot) ||
      one.language.localeCompare(other.language),
  );

/** The wishes with this one among them, in place of `before` and of any for the same. */
export const withWish = (
  wishes: readonly EngineWish[],
  wish: EngineWish,
  before: EngineWish | null,
): EngineWish[] => [
  ...wishes.filter((each) => !isSame(each, wish) && !(before && isSame(each, before))),
  wish,
];

/** What a wish is known by on its page. */
export const wishId = ({ slot, language }: EngineWish): string => `engines-${slot}-${language}`;
