/** Prints the compressed JavaScript of each page and fails when the listening page is too heavy. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const LISTEN_LIMIT_KB = 250;
const WITH_BOOTHS_TEXTS = ["booth", "organize"];
const build = resolve(import.meta.dirname, "../../build/frontend");
const manifest = JSON.parse(readFileSync(`${build}/.vite/manifest.json`, "utf8"));

/** Every script a page may load, now or later, but for the catalogues: of these it loads one language's. */
function scripts(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  const { imports = [], dynamicImports = [] } = manifest[key];
  for (const next of [...imports, ...dynamicImports.filter((name) => !isCatalogue(name))]) {
    scripts(next, seen);
  }
  return seen;
}

const isCatalogue = (key) => key.startsWith("src/i18n/catalogues/");
const isBooths = (key) => key.startsWith("src/i18n/catalogues/booth/");
const sizes = (key) => {
  const code = readFileSync(`${build}/${manifest[key].file}`);
  return { gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code).length };
};
const total = (keys, kind) => [...keys].reduce((sum, key) => sum + sizes(key)[kind], 0);
const catalogues = Object.keys(manifest).filter(isCatalogue);
const heaviest = (kind, ofBooths) =>
  Math.max(
    0,
    ...catalogues.filter((key) => isBooths(key) === ofBooths).map((key) => sizes(key)[kind]),
  );
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

for (const page of ["home", "listen", "stage", "booth", "organize"]) {
  const keys = scripts(`${page}.html`);
  const texts = (kind) =>
    heaviest(kind, false) + (WITH_BOOTHS_TEXTS.includes(page) ? heaviest(kind, true) : 0);
  const gzip = total(keys, "gzip") + texts("gzip");
  const brotli = total(keys, "brotli") + texts("brotli");
  process.stdout.write(`${page}.html: JavaScript ${kb(gzip)} gzip, ${kb(brotli)} brotli\n`);
  if (page === "listen" && gzip > LISTEN_LIMIT_KB * 1000) {
    process.stderr.write(`The listening page must stay under ${LISTEN_LIMIT_KB} kB of gzip.\n`);
    process.exit(1);
  }
}
