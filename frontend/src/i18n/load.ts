import type { Catalogue } from "./catalogue";
import { textsOf, type Texts } from "./texts";

interface Source {
  direction: Texts["direction"];
  load: () => Promise<Catalogue>;
}

const SOURCES: Record<string, Source> = {
  en: { direction: "ltr", load: async () => (await import("./catalogues/en")).en },
  de: { direction: "ltr", load: async () => (await import("./catalogues/de")).de },
  es: { direction: "ltr", load: async () => (await import("./catalogues/es")).es },
  fr: { direction: "ltr", load: async () => (await import("./catalogues/fr")).fr },
  ar: { direction: "rtl", load: async () => (await import("./catalogues/ar")).ar },
};

/** The first of the reader's languages that the pages speak; English when there is none. */
export function pickLanguage(preferred: readonly string[]): string {
  const bases = preferred.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return bases.find((base) => base in SOURCES) ?? "en";
}

export async function loadTexts(preferred: readonly string[]): Promise<Texts> {
  const language = pickLanguage(preferred);
  const { direction, load } = SOURCES[language] as Source;
  return textsOf(language, direction, await load());
}
