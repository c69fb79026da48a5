import type { BoothCatalogue, Catalogue } from "./catalogue";
import { textsOf, type Texts } from "./texts";

interface Source {
  direction: Texts["direction"];
  load: () => Promise<Catalogue>;
  loadBooth: () => Promise<BoothCatalogue>;
}

const SOURCES: Record<string, Source> = {
  en: {
    direction: "ltr",
    load: async () => (await import("./catalogues/en")).en,
    loadBooth: async () => (await import("./catalogues/booth/en")).booth,
  },
  de: {
    direction: "ltr",
    load: async () => (await import("./catalogues/de")).de,
    loadBooth: async () => (await import("./catalogues/booth/de")).booth,
  },
  es: {
    direction: "ltr",
    load: async () => (await import("./catalogues/es")).es,
    loadBooth: async () => (await import("./catalogues/booth/es")).booth,
  },
  fr: {
    direction: "ltr",
    load: async () => (await import("./catalogues/fr")).fr,
    loadBooth: async () => (await import("./catalogues/booth/fr")).booth,
  },
  ar: {
    direction: "rtl",
    load: async () => (await import("./catalogues/ar")).ar,
    loadBooth: async () => (await import("./catalogues/booth/ar")).booth,
  },
};

/** The first of the reader's languages that the pages speak; English when there is none. */
export function pickLanguage(preferred: readonly string[]): string {
  const bases = preferred.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return bases.find((base) => base in SOURCES) ?? "en";
}

/** `booth`: with the texts of booths, the control room and glossaries. */
export async function loadTexts(preferred: readonly string[], booth = false): Promise<Texts> {
  const language = pickLanguage(preferred);
  const { direction, load, loadBooth } = SOURCES[language] as Source;
  const [texts, more] = await Promise.all([load(), booth ? loadBooth() : {}]);
  return textsOf(language, direction, { ...texts, ...more });
}
