// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { expect, test } from "vitest";
import type { Concept } from "../../api/types";
import { concept, glossaryIn, show, term } from "../../testing/workplace";
import { useFocusNext } from "../hooks/useFocusNext";
import { ConceptList } from "./ConceptList";

function List({ given }: { given: Concept[] }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const [concepts, setConcepts] = useState(given);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Glossary
      </h2>
      <ConceptList
        concepts={concepts}
        languages={glossaryIn(["en", "ar"])}
        open={open}
        locked={open !== null}
        onOpen={setOpen}
        onSave={() => Promise.resolve()}
        onDelete={(gone) => {
          setConcepts(concepts.filter((each) => each !== gone));
          return Promise.resolve();
        }}
        focusNext={focusNext}
      />
    </>
  );
}

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => concept(`c${at}`, term("en", `term ${at}`)));
const rows = () => screen.queryAllByRole("listitem");
const button = (name: string) => screen.getByRole("button", { name });

test("each term is in its own language, with what is known about it in words", () => {
  const words = { do_not_translate: true, pronunciation: "soo-bee-ack-oh", note: "a town" };
  show(<List given={[concept("c1", term("ar", "سوبياكو"), term("en", "Subiaco", words))]} />);
  const [english, arabic] = within(rows()[0] as HTMLElement).getAllByRole("definition");
  expect(english?.textContent).toBe("Subiacostays as it isSaid: soo-bee-ack-oha town");
  const own = arabic?.querySelector("bdi");
  expect([own?.lang, own?.dir, own?.textContent]).toEqual(["ar", "rtl", "سوبياكو"]);
});

test("a hundred are shown, then a hundred more, and the keyboard goes on where they begin", async () => {
  show(<List given={many(250)} />);
  expect(rows().length).toBe(100);
  await userEvent.click(button("Show 100 more"));
  expect(rows().length).toBe(200);
  expect(document.activeElement).toBe(button("Edit “term 100”"));
  await userEvent.click(button("Show 50 more"));
  expect(rows().length).toBe(250);
  expect(screen.queryByRole("button", { name: /more/ })).toBeNull();
});

test("a form opens under its row, others wait, and the focus comes back", async () => {
  show(<List given={many(3)} />);
  await userEvent.click(button("Edit “term 1”"));
  const form = within(rows()[1] as HTMLElement).getByRole("form", { name: "Edit entry" });
  expect(form.contains(document.activeElement)).toBe(true);
  expect(button("Edit “term 2”").matches(":disabled")).toBe(true);
  await userEvent.click(within(form).getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("form")).toBeNull();
  expect(document.activeElement).toBe(button("Edit “term 1”"));
});

test("deleting asks first; then the focus goes to the heading", async () => {
  show(<List given={many(3)} />);
  await userEvent.click(button("Delete “term 1”"));
  const dialog = within(screen.getByRole("dialog", { name: "Delete “term 1”?" }));
  await userEvent.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(rows().length).toBe(3);
  await userEvent.click(button("Delete “term 1”"));
  await userEvent.click(button("Delete entry"));
  expect(rows().length).toBe(2);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Glossary" }));
});
