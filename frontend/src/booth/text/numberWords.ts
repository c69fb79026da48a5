/**
 * Words that make numbers, for recognisers that write them out. Only words that are nearly always
 * numbers: "one", "un" and "second" stay plain where they stand alone, and count inside a number.
 */
interface Words {
  sure: string;
  /** Numbers that are often something else. */
  small: string;
  /** What stands between the words of a number. */
  links: string;
}

/** German writes a number as one word, made of these. */
const GERMAN =
  "zwei|drei|vier|fünf|sechs?|sieben|sieb|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|zig|hundert|tausend|million|milliarde|billion";

const WORDS: Record<string, Words> = {
  en: {
    sure: "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|percent|dozen",
    small: "one|zero|oh|half|per cent",
    links: "and|point|a",
  },
  de: {
    sure: `(?:ein|und|${GERMAN})*(?:${GERMAN})(?:en)?|prozent|dutzend`,
    small: "ein|eine|eins|null|halb",
    links: "und|komma",
  },
  es: {
    sure: "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\\p{L}+|veinte|veinti\\p{L}+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|\\p{L}*cientos|\\p{L}*cientas|quinientos|mil|millón|millones|billón|billones",
    small: "uno|un|una|cero|por ciento|medio",
    links: "y|coma|punto",
  },
  fr: {
    sure: "deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|nonante|cents?|mille|millions?|milliards?|pourcent",
    small: "un|une|zéro|neuf|demi|pour cent",
    links: "et|virgule",
  },
  ar: {
    sure: "اثنان|اثنين|ثلاثة|ثلاث|أربعة|أربع|خمسة|خمس|ستة|سبعة|سبع|ثمانية|تسعة|تسع|عشرة|عشر|عشرون|عشرين|ثلاثون|ثلاثين|أربعون|أربعين|خمسون|خمسين|ستون|ستين|سبعون|سبعين|ثمانون|ثمانين|تسعون|تسعين|مئة|مائة|مئتان|ألف|آلاف|مليون|ملايين|مليار|مليارات",
    small: "واحد|صفر|في المئة|بالمئة|نصف",
    links: "فاصلة|و",
  },
};

const patterns = new Map<string, RegExp | null>();

/** Finds runs of number words of a language; null where its words are not known. */
export function numberWords(language: string): RegExp | null {
  const tag = language.toLowerCase().split("-")[0] ?? "";
  const known = patterns.get(tag);
  if (known !== undefined) return known;
  const words = WORDS[tag];
  const pattern = words ? runsOf(words) : null;
  patterns.set(tag, pattern);
  return pattern;
}

/** Holds at least one sure word, and neither begins nor ends with a link. */
function runsOf({ sure, small, links }: Words): RegExp {
  const gap = "[\\s-]+";
  const start = "(?<![\\p{L}\\p{N}])";
  const end = "(?![\\p{L}\\p{N}])";
  const link = `(?:(?:${links})${gap})?`;
  const before = `(?:(?:${small})${end}${gap}${link})?`;
  const after = `(?:${gap}${link}(?:${sure}|${small})${end})*`;
  return new RegExp(`${start}${before}(?:${sure})${end}${after}`, "giu");
}
