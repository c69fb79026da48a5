// @vitest-environment jsdom
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { en } from "../i18n/catalogues/en";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import { session } from "../testing/fakes";
import { LanguageList } from "./LanguageList";

function shown(tags: string[], chosen: string | null = null) {
  const chosenTags: string[] = [];
  render(
    <TextsProvider texts={textsOf("en", "ltr", en)}>
      <LanguageList
        session={session("live", ...tags)}
        chosen={chosen}
        label="Languages"
        onChoose={(tag) => chosenTags.push(tag)}
      />
    </TextsProvider>,
  );
  return chosenTags;
}

test("it is a group of radios, one of them reachable by Tab", () => {
  shown(["es", "fr"], "fr");
  const radios = screen.getAllByRole("radio");
  expect(screen.getByRole("radiogroup", { name: "Languages" })).toBeTruthy();
  expect(
    radios.map((radio) => [radio.textContent, radio.getAttribute("aria-checked"), radio.tabIndex]),
  ).toEqual([
    ["enOriginal", "false", -1],
    ["esSpanish", "false", -1],
    ["frFrench", "true", 0],
  ]);
});

test("arrow keys move, Enter chooses", async () => {
  const chosen = shown(["es", "fr"]);
  screen.getAllByRole("radio")[0]?.focus();
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
  expect(chosen).toEqual([]);
  await userEvent.keyboard("{Enter}");
  expect(chosen).toEqual(["fr"]);
});

test("few languages need no search", () => {
  shown(["es", "fr"]);
  expect(screen.queryByRole("searchbox")).toBeNull();
});

test("the search narrows the list and says when nothing is found", async () => {
  shown(["es", "fr", "it", "pt", "ca", "de", "nl", "ar"]);
  const search = screen.getByRole("searchbox");
  await userEvent.type(search, "span");
  expect(screen.getAllByRole("radio").length).toBe(1);
  await userEvent.type(search, "x");
  expect(screen.queryAllByRole("radio")).toEqual([]);
  expect(screen.getByRole("status").textContent).toBe("No language found for “spanx”.");
});
