import { useCallback, useState } from "react";

/**
 * A value kept in this browser that can be changed from what it is, as `useState` does; lasts for
 * the tab (`session`) or for good.
 *
 * @example
 * const [settings, change] = useKept("booth.settings", USUAL, "local");
 * change((now) => ({ ...now, textSize: 2 }));
 */
export function useKept<T extends object>(
  name: string,
  initial: T,
  where: "local" | "session",
): [T, (change: (now: T) => T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = JSON.parse(storage(where).getItem(name) ?? "null") as Partial<T> | null;
      return { ...initial, ...kept };
    } catch {
      return initial;
    }
  });
  const change = useCallback(
    (next: (now: T) => T) =>
      setValue((now) => {
        const changed = next(now);
        try {
          storage(where).setItem(name, JSON.stringify(changed));
        } catch {
          // Private windows may refuse: then it is forgotten with the page.
        }
        return changed;
      }),
    [name, where],
  );
  return [value, change];
}

function storage(where: "local" | "session"): Storage {
  return where === "local" ? localStorage : sessionStorage;
}
