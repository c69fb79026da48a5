import type { booth } from "./catalogues/booth/en";
import type { en } from "./catalogues/en";

type Plain<Entry> = Exclude<Entry, `${string}#${string}`>;

/** Every language has every text; which plural forms it needs is its own grammar's matter. */
type Complete<Keys extends string> = Record<Keys, string> &
  Partial<Record<`${Keys}#${Intl.LDMLPluralRule}`, string>>;

/** The texts of every page. */
export type Catalogue = Complete<Plain<keyof typeof en>>;

/** What only booths, the control room and glossaries say; other pages do not load it. */
export type BoothCatalogue = Complete<Plain<keyof typeof booth>>;

/** A text's name, without its plural forms. */
export type Key = Plain<keyof typeof en> | Plain<keyof typeof booth>;
