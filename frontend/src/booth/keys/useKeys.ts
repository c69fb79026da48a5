import { useEffect, useRef } from "react";
import { actionOf, HELD, isReleased, REPEATED, type Action, type KeyMap } from "./keymap";

/** These work also while a dialog is open. */
const ALWAYS: readonly Action[] = ["microphone", "cough", "take", "machine_now"];

interface Handlers {
  onDown: (action: Action) => void;
  /** A held key is let go of, or the window is left. */
  onUp: (action: Action) => void;
}

/**
 * The keyboard of a console. Typing into a field stays typing; Escape leaves the field.
 *
 * @example
 * useKeys(keys, true, { onDown: act, onUp: release });
 */
export function useKeys(keys: KeyMap, wanted: boolean, handlers: Handlers): void {
  const newest = useRef(handlers);
  useEffect(() => {
    newest.current = handlers;
  });

  useEffect(() => {
    if (!wanted) return;
    const held = new Set<Action>();
    const release = (action: Action) => {
      if (held.delete(action)) newest.current.onUp(action);
    };
    const onDown = (event: KeyboardEvent) => {
      // While a key is being chosen for an action, it does nothing else.
      if (event.isComposing || "capturing" in document.documentElement.dataset) return;
      const field = typedInto(event.target);
      if (field) {
        if (event.key === "Escape") field.blur();
        if (!/^F\d+$/.test(event.code)) return;
      }
      const action = actionOf(keys, event);
      if (!action) return;
      if (document.querySelector("dialog[open]") && !ALWAYS.includes(action)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !REPEATED.includes(action)) return;
      if (HELD.includes(action)) held.add(action);
      newest.current.onDown(action);
    };
    const onUp = (event: KeyboardEvent) => {
      for (const action of [...held]) if (isReleased(keys, action, event)) release(action);
      // A focused button would be pressed by the space bar's way up.
      if (event.code === "Space" && !typedInto(event.target)) event.preventDefault();
    };
    const onLeave = () => [...held].forEach(release);
    window.addEventListener("keydown", onDown, true);
    window.addEventListener("keyup", onUp, true);
    window.addEventListener("blur", onLeave);
    return () => {
      onLeave();
      window.removeEventListener("keydown", onDown, true);
      window.removeEventListener("keyup", onUp, true);
      window.removeEventListener("blur", onLeave);
    };
  }, [keys, wanted]);
}

function typedInto(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null;
  return target.matches("input, textarea, select, [contenteditable]") ? target : null;
}
