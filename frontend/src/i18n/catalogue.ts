import type { en } from "./catalogues/en";

type Entry = keyof typeof en;

/** A text's name, without its plural forms. */
export type Key = Exclude<Entry, `${string}#${string}`>;

/** Every language has every text; which plural forms it needs is its own grammar's matter. */
export type Catalogue = Record<Key, string> &
  Partial<Record<`${Key}#${Intl.LDMLPluralRule}`, string>>;
