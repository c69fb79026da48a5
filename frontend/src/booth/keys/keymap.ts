/**
 * Everything an interpreter can do, each on a key. A key is written as its place on the keyboard
 * (`KeyboardEvent.code`), so that it stays where it is in every layout and script, with the
 * modifiers before it: `Shift+KeyH`.
 */
export const USUAL_KEYS = {
  microphone: "Space",
  cough: "KeyC",
  take: "KeyT",
  hand_over: "KeyH",
  hand_over_now: "Shift+KeyH",
  machine: "KeyM",
  machine_now: "Shift+KeyM",
  accept: "KeyY",
  decline: "KeyN",
  cancel: "Escape",
  countdown_less: "Minus",
  countdown_more: "Equal",
  retour: "KeyR",
  hear_floor: "F1",
  hear_1: "F2",
  hear_2: "F3",
  hear_3: "F4",
  hear_list: "KeyL",
  swap: "KeyX",
  front_up: "ArrowUp",
  front_down: "ArrowDown",
  back_up: "Shift+ArrowUp",
  back_down: "Shift+ArrowDown",
  monitor: "KeyO",
  monitor_up: "Alt+ArrowUp",
  monitor_down: "Alt+ArrowDown",
  normalise: "KeyW",
  translation: "KeyV",
  glossary: "KeyG",
  write: "KeyB",
  write_to: "Shift+KeyB",
  phrase_1: "Digit1",
  phrase_2: "Digit2",
  phrase_3: "Digit3",
  phrase_4: "Digit4",
  phrase_5: "Digit5",
  phrase_6: "Digit6",
  slow_down: "KeyS",
  sound_unfit: "KeyU",
  text_smaller: "BracketLeft",
  text_larger: "BracketRight",
  check: "KeyP",
  look: "KeyD",
  help: "Shift+Slash",
} as const;

export type Action = keyof typeof USUAL_KEYS;
export type KeyMap = Readonly<Record<Action, string>>;

export const ACTIONS = Object.keys(USUAL_KEYS) as Action[];

/** Works as long as it is held. */
export const HELD: readonly Action[] = ["cough"];
/** May repeat while the key is held. */
export const REPEATED: readonly Action[] = [
  "front_up",
  "front_down",
  "back_up",
  "back_down",
  "monitor_up",
  "monitor_down",
  "countdown_less",
  "countdown_more",
  "text_smaller",
  "text_larger",
];

export interface KeyPress {
  code: string;
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

const MODIFIERS = /^(Shift|Control|Alt|Meta|OS)(Left|Right)?$|^CapsLock$|^Fn$/;
/** These move through the page or belong to the browser. */
const NOT_FREE = ["Tab", "Enter", "NumpadEnter", "F5", "F11", "F12", ""];

/** A key press as a key map writes it. @example chord(event) // "Shift+KeyH" */
export function chord(press: KeyPress): string {
  const parts = [
    press.ctrlKey && "Ctrl",
    press.metaKey && "Meta",
    press.altKey && "Alt",
    press.shiftKey && "Shift",
    press.code,
  ];
  return parts.filter(Boolean).join("+");
}

/** What a press does; null: nothing of ours. A question mark asks for help in every layout. */
export function actionOf(keys: KeyMap, press: KeyPress): Action | null {
  const wanted = chord(press);
  const action = ACTIONS.find((each) => keys[each] === wanted);
  return action ?? (press.key === "?" ? "help" : null);
}

/** Whether a held action ends with this key, whatever modifiers are still down. */
export function isReleased(keys: KeyMap, action: Action, press: Pick<KeyPress, "code">): boolean {
  return keys[action].split("+").at(-1) === press.code;
}

/** Whether a key may be given to an action. */
export function isFree(press: KeyPress): boolean {
  if (MODIFIERS.test(press.code) || NOT_FREE.includes(press.code)) return false;
  return !(press.ctrlKey || press.metaKey) || press.altKey;
}

/** Gives a key to an action. An action that had it gets the other's key: none is ever without. */
export function assigned(keys: KeyMap, action: Action, key: string): KeyMap {
  const other = ACTIONS.find((each) => keys[each] === key);
  return { ...keys, ...(other ? { [other]: keys[action] } : {}), [action]: key };
}

/** The whole map from what was stored; anything odd in it gives way to the usual keys. */
export function keyMapOf(stored: unknown): KeyMap {
  const changes = typeof stored === "object" && stored !== null ? stored : {};
  const keys = { ...USUAL_KEYS, ...pick(changes as Record<string, unknown>) } as KeyMap;
  return new Set(Object.values(keys)).size === ACTIONS.length ? keys : USUAL_KEYS;
}

function pick(changes: Record<string, unknown>): Partial<Record<Action, string>> {
  const known = Object.entries(changes).filter(
    ([action, key]) => action in USUAL_KEYS && typeof key === "string" && key !== "",
  );
  return Object.fromEntries(known);
}

const SIGNS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
  Slash: "/",
  Backslash: "\\",
  Semicolon: ";",
  Quote: "'",
  Comma: ",",
  Period: ".",
  Backquote: "`",
  Escape: "Esc",
};

/**
 * How a key is called on this keyboard. @example labelOf("Shift+KeyH") // "Shift H"
 *
 * @param layout the signs of the keyboard's layout by code, where the browser tells them
 */
export function labelOf(key: string, layout?: ReadonlyMap<string, string>): string {
  const parts = key.split("+");
  const code = parts.pop() ?? "";
  const sign =
    layout?.get(code)?.toUpperCase() ??
    SIGNS[code] ??
    code.replace(/^(Key|Digit)/, "").replace(/^Numpad/, "Num ");
  return [...parts, sign].join(" ");
}
