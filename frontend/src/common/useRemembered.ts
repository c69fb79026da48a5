import { useState } from "react";

/**
 * A value that this browser remembers; without storage it lasts as long as the page.
 *
 * @example
 * const [size, setSize] = useRemembered("captions.size", 1);
 */
export function useRemembered<T>(name: string, initial: T) {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(name);
      return kept === null ? initial : (JSON.parse(kept) as T);
    } catch {
      return initial;
    }
  });
  const remember = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(name, JSON.stringify(next));
    } catch {
      // Private windows may refuse: then it is forgotten with the page.
    }
  };
  return [value, remember] as const;
}
