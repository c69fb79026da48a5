import { useCallback, useSyncExternalStore } from "react";

const MOVED = "organize:moved";

function subscribe(listener: () => void) {
  window.addEventListener("popstate", listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(MOVED, listener);
  };
}

/**
 * The parts of the address after /organize, and a way to another one without loading the page.
 *
 * @example
 * const { parts, go } = usePath(); // at /organize/summit: ["summit"]
 * go("summit", sessionId);
 */
export function usePath() {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  const go = useCallback((...parts: string[]) => {
    history.pushState(null, "", addressOf(...parts));
    window.dispatchEvent(new Event(MOVED));
    window.scrollTo(0, 0);
  }, []);
  return { parts: path.split("/").slice(2).filter(Boolean).map(decodeURIComponent), go };
}

export function addressOf(...parts: string[]): string {
  return ["/organize", ...parts.map(encodeURIComponent)].join("/");
}
