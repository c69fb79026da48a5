// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ApiError } from "../../api/errors";
import type { Term } from "../../api/types";
import { glossaryIn, show, term } from "../../testing/workplace";
import { ConceptForm } from "./ConceptForm";

function form(terms: Term[], refusal?: string) {
  const saved: Term[][] = [];
  show(
    <ConceptForm
      title="New entry"
      terms={terms}
      languages={glossaryIn(["en", "es", "ar"], ["de", "fr"])}
      onSave={(given) => {
        saved.push(given);
        return refusal
          ? Promise.reject(new ApiError(422, "glossary_full", "…", { most: refusal }))
          : Promise.resolve();
      }}
      onCancel={() => undefined}
    />,
  );
  return saved;
}

const groups = () => screen.getAllByRole("group").filter(({ tagName }) => tagName === "FIELDSET");
const group = (name: RegExp) => within(screen.getByRole("group", { name }));
const field = (name: RegExp, label: RegExp): HTMLInputElement => group(name).getByLabelText(label);
const save = (): HTMLButtonElement => screen.getByRole("button", { name: "Save" });

test("the event's languages are offered, in their own direction, the first with the focus", () => {
  form([]);
  expect(groups().map((each) => each.querySelector("legend")?.textContent)).toEqual([
    "en · English",
    "es · Spanish",
    "ar · Arabic",
  ]);
  expect(document.activeElement).toBe(field(/English/, /^Term/));
  const arabic = field(/Arabic/, /^Term/);
  expect([arabic.lang, arabic.closest("[dir]")?.getAttribute("dir")]).toEqual(["ar", "rtl"]);
});

test("only languages with a term are saved, with all that is said about it", async () => {
  const saved = form([]);
  expect(save().disabled).toBe(true);
  await userEvent.type(field(/English/, /^Term/), "Subiaco ");
  await userEvent.type(field(/English/, /^Pronunciation/), "soo-bee-ack-oh");
  await userEvent.click(field(/English/, /^Keep untranslated/));
  await userEvent.click(save());
  const said = { pronunciation: "soo-bee-ack-oh", do_not_translate: true };
  expect(saved).toEqual([[term("en", "Subiaco", said)]]);
});

test("a known concept's details are open where there are any", () => {
  form([term("en", "holding"), term("es", "grupo", { note: "finanzas" })]);
  const open = [...document.querySelectorAll("details")].map((details) => details.open);
  expect(open).toEqual([false, true, false]);
  expect(field(/Spanish/, /^Term/).value).toBe("grupo");
});

test("a note without a term is not lost in silence: the term is asked for", async () => {
  const saved = form([term("en", "holding"), term("es", "grupo", { note: "finanzas" })]);
  await userEvent.clear(field(/Spanish/, /^Term/));
  expect(field(/Spanish/, /^Term/).required).toBe(true);
  await userEvent.click(save());
  expect(saved).toEqual([]);
  await userEvent.clear(field(/Spanish/, /^Note/));
  await userEvent.click(save());
  expect(saved).toEqual([[term("en", "holding")]]);
});

test("a language more takes the focus and is offered no longer", async () => {
  form([]);
  await userEvent.click(screen.getByRole("combobox", { name: "Add a language" }));
  const offered = async () =>
    (await screen.findAllByRole("option")).map(({ textContent }) => textContent);
  expect(await offered()).toEqual(["de · German", "fr · French"]);
  await userEvent.click(screen.getByRole("option", { name: "fr · French" }));
  expect(document.activeElement).toBe(field(/French/, /^Term/));
  await userEvent.click(screen.getByRole("combobox", { name: "Add a language" }));
  expect(await offered()).toEqual(["de · German"]);
});

test("why it was not saved is said, and nothing typed is lost", async () => {
  form([term("en", "holding")], "20000");
  await userEvent.click(save());
  expect((await screen.findByRole("alert")).textContent).toBe(
    "A glossary has 20000 terms at most.",
  );
  expect(field(/English/, /^Term/).value).toBe("holding");
});
