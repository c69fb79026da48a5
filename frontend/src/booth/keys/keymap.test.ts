import { describe, expect, test } from "vitest";
import {
  ACTIONS,
  actionOf,
  assigned,
  isFree,
  isReleased,
  keyMapOf,
  labelOf,
  USUAL_KEYS,
  type KeyPress,
} from "./keymap";

const press = (code: string, change: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: "",
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...change,
});

test("every action has a key of its own", () => {
  expect(new Set(Object.values(USUAL_KEYS)).size).toBe(ACTIONS.length);
  for (const key of Object.values(USUAL_KEYS)) {
    const parts = key.split("+");
    expect(isFree(press(parts.at(-1) ?? "", { shiftKey: parts.includes("Shift") }))).toBe(true);
  }
});

test.each([
  [press("Space"), "microphone"],
  [press("KeyH"), "hand_over"],
  [press("KeyH", { shiftKey: true }), "hand_over_now"],
  [press("KeyC", { key: "ؤ" }), "cough"],
  [press("Minus", { shiftKey: true, key: "?" }), "help"],
  [press("KeyC", { ctrlKey: true }), null],
  [press("KeyZ"), null],
])("%o does %s", (event, action) => {
  expect(actionOf(USUAL_KEYS, event)).toBe(action);
});

test("a held key ends although another modifier is down by then", () => {
  expect(isReleased(USUAL_KEYS, "cough", { code: "KeyC" })).toBe(true);
  expect(isReleased({ ...USUAL_KEYS, cough: "Shift+KeyC" }, "cough", { code: "KeyC" })).toBe(true);
  expect(isReleased(USUAL_KEYS, "cough", { code: "KeyX" })).toBe(false);
});

describe("assigned", () => {
  test("two actions change keys where one takes the other's", () => {
    const keys = assigned(USUAL_KEYS, "cough", "Space");
    expect([keys.cough, keys.microphone]).toEqual(["Space", "KeyC"]);
    expect(new Set(Object.values(keys)).size).toBe(ACTIONS.length);
  });

  test("the same key again changes nothing", () => {
    expect(assigned(USUAL_KEYS, "cough", "KeyC")).toEqual(USUAL_KEYS);
  });
});

test.each([[null], ["nonsense"], [{ cough: 7, nothing: "KeyZ" }], [{ cough: "Space" }]])(
  "%j in the storage gives the usual keys",
  (stored) => {
    expect(keyMapOf(stored)).toEqual(USUAL_KEYS);
  },
);

test("a stored key is taken", () => {
  expect(keyMapOf({ cough: "KeyZ" }).cough).toBe("KeyZ");
});

test.each([
  ["Tab", {}],
  ["Enter", {}],
  ["ShiftLeft", { shiftKey: true }],
  ["KeyW", { ctrlKey: true }],
])("%s %o cannot be given away", (code, change) => {
  expect(isFree(press(code, change))).toBe(false);
});

test.each([
  ["Shift+KeyH", undefined, "Shift H"],
  ["KeyY", new Map([["KeyY", "z"]]), "Z"],
  ["ArrowUp", undefined, "↑"],
  ["Digit1", undefined, "1"],
])("%s is called %s", (key, layout, label) => {
  expect(labelOf(key, layout)).toBe(label);
});
