import { useCallback, useEffect, useState, type RefObject } from "react";

/**
 * Puts the focus, once the page has changed, on the element of an id; on the fallback where there
 * is none any more.
 *
 * @example
 * const focusNext = useFocusNext(heading);
 * setOpen(false);
 * focusNext("open-button");
 */
export function useFocusNext(fallback: RefObject<HTMLElement | null>) {
  const [next, setNext] = useState<{ id: string } | null>(null);
  useEffect(() => {
    if (next) (document.getElementById(next.id) ?? fallback.current)?.focus();
  }, [next, fallback]);
  return useCallback((id = "") => setNext({ id }), []);
}
