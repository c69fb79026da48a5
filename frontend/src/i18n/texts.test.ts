import { expect, test } from "vitest";
import { booth as boothAr } from "./catalogues/booth/ar";
import { booth as boothDe } from "./catalogues/booth/de";
import { booth as boothEn } from "./catalogues/booth/en";
import { booth as boothEs } from "./catalogues/booth/es";
import { booth as boothFr } from "./catalogues/booth/fr";
import { ar } from "./catalogues/ar";
import { de } from "./catalogues/de";
import { en } from "./catalogues/en";
import { es } from "./catalogues/es";
import { fr } from "./catalogues/fr";
import { pickLanguage } from "./load";
import { textsOf } from "./texts";

test("values are put in their places", () => {
  const { t } = textsOf("en", "ltr", en);
  expect(t("listen.behind", { seconds: "1.4" })).toBe("1.4 s behind");
});

test("a count chooses the plural form", () => {
  const { t } = textsOf("en", "ltr", en);
  expect(t("events.rooms", { count: 1 })).toBe("1 room");
  expect(t("events.rooms", { count: 1200 })).toBe("1,200 rooms");
});

test("the first language that the pages speak is taken, else English", () => {
  expect(pickLanguage(["ja", "de-AT", "fr"])).toBe("de");
  expect(pickLanguage(["ja"])).toBe("en");
  expect(pickLanguage([])).toBe("en");
});

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const ENGLISH: Record<string, string> = { ...en, ...boothEn };
const english = (key: string) => places(ENGLISH[key.split("#")[0] ?? ""] ?? "");

test.each([
  ["de", { ...de, ...boothDe }],
  ["es", { ...es, ...boothEs }],
  ["fr", { ...fr, ...boothFr }],
  ["ar", { ...ar, ...boothAr }],
])("%s uses the same values in every text as English", (_language, catalogue) => {
  for (const [key, text] of Object.entries(catalogue)) {
    const missing = places(text).filter((place) => !english(key).includes(place));
    expect([key, missing]).toEqual([key, []]);
    if (!key.includes("#")) expect([key, places(text)]).toEqual([key, english(key)]);
  }
});
