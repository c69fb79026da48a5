import { useEffect, useRef } from "react";

/**
 * Puts the focus on the first field of a form that opens.
 *
 * @example
 * const form = useFocusFirst();
 * <form ref={form} />
 */
export function useFocusFirst() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  return form;
}
