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

function status(resting: { engine: string; until: number }[]): Status {
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

const shown = (resting: { engine: string; until: number }[]) =>
  render(
    <TextsProvider texts={textsOf("en", "ltr", en)}>
      <RestingEngines status={status(resting)} session={LIVE} />
    </TextsProvider>,
  ).container;

test("an engine that rests is named, with who serves instead", () => {
  const { textContent } = shown([{ engine: "ElevenLabs", until: Date.now() / 1000 + 30 }]);
  expect(textContent).toContain("Speech");
  expect(textContent).toMatch(/ElevenLabs failed and rests until .+; eSpeak NG 1.51 serves\./);
});

test("where nothing rests nothing is said", () => {
  expect(shown([]).textContent).toBe("");
});
