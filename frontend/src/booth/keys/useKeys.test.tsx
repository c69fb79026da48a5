// @vitest-environment jsdom
import { fireEvent, render } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { USUAL_KEYS, type Action } from "./keymap";
import { useKeys } from "./useKeys";

let log: string[];

function Desk({ wanted = true }: { wanted?: boolean }) {
  useKeys(USUAL_KEYS, wanted, {
    onDown: (action: Action) => log.push(`+${action}`),
    onUp: (action: Action) => log.push(`-${action}`),
  });
  return (
    <>
      <input aria-label="text" />
      <button onClick={() => log.push("clicked")}>button</button>
      <dialog aria-label="sheet" />
    </>
  );
}

beforeEach(() => {
  log = [];
});
const down = (target: Element | Window, code: string, more = {}) =>
  fireEvent.keyDown(target, { code, key: code, ...more });

test("the space bar is the microphone, also while a button has the focus", () => {
  const { getByRole } = render(<Desk />);
  const isFree = down(getByRole("button"), "Space");
  expect([log, isFree]).toEqual([["+microphone"], false]);
});

test("a cough lasts as long as its key is held, or until the window is left", () => {
  render(<Desk />);
  down(window, "KeyC");
  down(window, "KeyC", { repeat: true });
  fireEvent.keyUp(window, { code: "KeyC" });
  down(window, "KeyC");
  fireEvent.blur(window);
  expect(log).toEqual(["+cough", "-cough", "+cough", "-cough"]);
});

test("only volumes and the like repeat while a key is held", () => {
  render(<Desk />);
  for (const code of ["Space", "ArrowUp"]) down(window, code, { repeat: true });
  expect(log).toEqual(["+front_up"]);
});

test("typing stays typing, and Escape leaves the field", () => {
  const { getByRole } = render(<Desk />);
  const field = getByRole("textbox");
  field.focus();
  down(field, "Space");
  down(field, "KeyC");
  down(field, "Escape", { key: "Escape" });
  expect([log, document.activeElement === field]).toEqual([[], false]);
});

test("function keys work while typing", () => {
  const { getByRole } = render(<Desk />);
  down(getByRole("textbox"), "F1");
  expect(log).toEqual(["+hear_floor"]);
});

test("under a dialog the microphone still obeys, the rest waits", () => {
  const { container } = render(<Desk />);
  container.querySelector("dialog")?.setAttribute("open", "");
  for (const code of ["KeyX", "Space", "KeyT"]) down(window, code);
  expect(log).toEqual(["+microphone", "+take"]);
});

test("a key that does nothing here belongs to the browser", () => {
  render(<Desk />);
  expect(down(window, "KeyC", { ctrlKey: true })).toBe(true);
  expect(log).toEqual([]);
});

test("before the booth is entered no key does anything", () => {
  render(<Desk wanted={false} />);
  down(window, "Space");
  expect(log).toEqual([]);
});
