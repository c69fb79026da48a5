import type { BoothCatalogue, Catalogue, Key } from "./catalogue";

export type Values = Record<string, string | number>;

/** One language's texts. `t("listen.behind", { seconds: "1.4" })` -> "1.4 s behind". */
export interface Texts {
  language: string;
  direction: "ltr" | "rtl";
  /** From here to what is written after it. */
  arrow: string;
  t: (key: Key, values?: Values) => string;
}

type Loaded = Catalogue & Partial<BoothCatalogue>;

/** A text whose key has plural forms (`key#one`, `key#few`) is chosen by the value `count`. */
export function textsOf(language: string, direction: Texts["direction"], catalogue: Loaded): Texts {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);

  const form = (key: Key, count: unknown) =>
    typeof count === "number" ? catalogue[`${key}#${plural.select(count)}`] : undefined;

  const t = (key: Key, values: Values = {}) =>
    (form(key, values.count) ?? catalogue[key] ?? key).replace(
      /\{(\w+)\}/g,
      (whole, name: string) => {
        const value = values[name];
        if (value === undefined) return whole;
        return typeof value === "number" ? number.format(value) : value;
      },
    );

  return { language, direction, arrow: direction === "rtl" ? "←" : "→", t };
}
