/** What WebRTC counted so far. */
export interface Counters {
  packets: number;
  lost: number;
}

/**
 * The part of packets lost between two looks, 0 to 1; null while there is nothing to compare.
 *
 * @param counted whether `packets` are those sent (lost ones among them) or those received
 */
export function lossBetween(
  before: Counters | null,
  now: Counters,
  counted: "sent" | "received",
): number | null {
  if (!before || now.packets < before.packets) return null;
  const lost = Math.max(0, now.lost - before.lost);
  const all = now.packets - before.packets + (counted === "received" ? lost : 0);
  return all === 0 ? null : Math.min(1, lost / all);
}
