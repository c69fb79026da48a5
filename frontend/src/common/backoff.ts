const FIRST_MS = 300;
const LONGEST_MS = 8000;

/**
 * How long to wait before the next try. Doubles up to a bound and is spread out, so that a hall
 * full of phones does not come back in one instant.
 *
 * @param tries how many tries failed already; the first try waits for a short random moment only
 * @param random 0 to 1
 */
export function backoffMs(tries: number, random: number = Math.random()): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  return tries === 0 ? random * FIRST_MS : longest * (0.5 + random / 2);
}
