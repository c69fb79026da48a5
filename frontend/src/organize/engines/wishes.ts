import type { EngineSlot, EngineWish } from "../../api/types";
import type { Key } from "../../i18n/catalogue";

/** In the order of the path. */
export const SLOTS: readonly EngineSlot[] = ["recognition", "translation", "speech"];

export const SLOT_TEXTS: Record<EngineSlot, Key> = {
  recognition: "trouble.recognise",
  translation: "trouble.translate",
  speech: "trouble.speak",
};

/** By slot, then for all languages, then by language. */
export const sorted = (wishes: readonly EngineWish[]): EngineWish[] =>
  [...wishes].sort(
    (one, other) =>
      SLOTS.indexOf(one.slot) - SLOTS.indexOf(other.slot) ||
      one.language.localeCompare(other.language),
  );

/** What a wish is known by on its page. */
export const wishId = ({ slot, language }: EngineWish): string => `engines-${slot}-${language}`;
