// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { ApiError } from "../api/errors";
import { booth } from "../i18n/catalogues/booth/de";
import { de } from "../i18n/catalogues/de";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import { useProblemText, type Problem } from "./useProblemText";

const texts = textsOf("de", "ltr", { ...de, ...booth });
const wrapper = ({ children }: { children: ReactNode }) => (
  <TextsProvider texts={texts}>{children}</TextsProvider>
);
const said = (problem: Problem | null) =>
  renderHook(useProblemText, { wrapper }).result.current(problem);

test.each([
  [
    new ApiError(409, "pair_unsupported", "The engines here cannot …", {
      slot: "translation",
      source: "en",
      target: "ja",
    }),
    "Kein Programm hier übersetzt von Englisch nach Japanisch.",
  ],
  [
    new ApiError(409, "engine_unavailable", "“elevenlabs” is not set up …", {
      engine: "elevenlabs",
    }),
    "„ElevenLabs“ ist in diesem Dienst nicht eingerichtet. Lassen Sie es weg oder fragen Sie den Betreiber.",
  ],
  [
    new ApiError(404, "unknown_language", "“x y” is not …", { language: "x y" }),
    "Der Dienst kennt diese Sprache nicht (x y).",
  ],
  [new ApiError(404, "unknown_room", "There is no such room."), booth["error.gone"]],
  [
    new ApiError(422, "bad_file", "Line 3: holds no term."),
    "Die Datei kann nicht gelesen werden: Line 3: holds no term.",
  ],
  [
    { code: "malformed", message: "Messages are JSON text." },
    "So kann das nicht gespeichert werden: Messages are JSON text.",
  ],
  [new ApiError(418, "teapot", "I am a teapot."), "I am a teapot."],
  [null, de["error.other"]],
])("a refusal is said in the reader's language", (problem, text) => {
  expect(said(problem)).toBe(text);
});
