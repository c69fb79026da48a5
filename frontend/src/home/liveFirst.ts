import type { EventLine } from "../api/types";

/** Events on air first, then those that start soonest, then those without a date. */
export function liveFirst(events: readonly EventLine[]): EventLine[] {
  const start = (event: EventLine) => (event.starts_at ? Date.parse(event.starts_at) : Infinity);
  return [...events].sort((a, b) => {
    if (a.live !== b.live) return a.live ? -1 : 1;
    return start(a) === start(b) ? a.title.localeCompare(b.title) : start(a) - start(b);
  });
}
