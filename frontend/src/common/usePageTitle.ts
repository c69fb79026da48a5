import { useEffect } from "react";

/**
 * Names the browser's tab.
 *
 * @example
 * usePageTitle("Keynote · Hall A");
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
