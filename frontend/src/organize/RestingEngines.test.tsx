// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Status } from "../api/types";
import { en } from "../i18n/catalogues/en";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import { language, session } from "../testing/fakes";
import { RestingEngines } from "./RestingEngines";

const LIVE = session("live", "es");

type Resting = Status["floor"]["resting"];

function status(resting: Resting): Status {
  const idle = { engine: "", resting: [] };
  return {
    session: LIVE,
    floor: { ...idle, owned: true, speaking: false, speakers: 0 },
    translation: idle,
    channels: [
      {
        engine: "eSpeak NG 1.51",
        resting,
        language: language("es"),
        owned: true,
        who: "",
        listeners: 0,
        backlog_s: 0,
        speed: 1,
        skipped: 0,
        last_caption: "",
      },
    ],
    troubles: [],
  };
}

const shown = (resting: Resting) =>
  render(
    <TextsProvider texts={textsOf("en", "ltr", en)}>
      <RestingEngines status={status(resting)} session={LIVE} />
    </TextsProvider>,
  ).container;

test.each([
  ["late", /ElevenLabs did not answer in time and rests until .+; eSpeak NG 1.51 serves\./],
  ["busy", /ElevenLabs is at its limit and rests until .+; eSpeak NG 1.51 serves\./],
  ["broken", /ElevenLabs failed and rests until .+; eSpeak NG 1.51 serves\./],
] as const)("an engine that rests is named, with why and who serves instead: %s", (why, said) => {
  const { textContent } = shown([{ engine: "ElevenLabs", until: Date.now() / 1000 + 30, why }]);
  expect(textContent).toContain("Speech");
  expect(textContent).toMatch(said);
});

test("where nothing rests nothing is said", () => {
  expect(shown([]).textContent).toBe("");
});
