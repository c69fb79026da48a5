/**
 * Makes openapi.json and src/api/schema.d.ts from what `manage.py openapi` exported to
 * ../build/openapi.json. With --check: says whether both are current and writes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const here = (path) => resolve(import.meta.dirname, "..", path);
const EXPORT = here("../build/openapi.json");
const DOCUMENT = here("openapi.json");
const SCHEMA = here("src/api/schema.d.ts");
const check = process.argv.includes("--check");

const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const pretty = (path) => `${JSON.stringify(JSON.parse(readFileSync(path, "utf8")), null, 2)}\n`;

if (!check && !existsSync(EXPORT)) {
  stop(
    "build/openapi.json is missing. Run `python manage.py openapi` in the project's root first.",
  );
}
const document = pretty(existsSync(EXPORT) ? EXPORT : DOCUMENT);
const schema = `// Made by \`npm run api\` from openapi.json. Do not edit.\n${astToString(await openapiTS(document))}`;

if (check) {
  const current =
    readFileSync(DOCUMENT, "utf8") === document && readFileSync(SCHEMA, "utf8") === schema;
  if (!current) stop("The API's types are out of date. Run `npm run api` and commit the result.");
} else {
  writeFileSync(DOCUMENT, document);
  writeFileSync(SCHEMA, schema);
}
