/** How long somebody has been working without a change. */
export interface Turn {
  elapsedS: number;
  ofS: number;
  over: boolean;
}

export function turnOf(sinceS: number, nowS: number, ofS: number): Turn {
  const elapsedS = Math.max(0, nowS - sinceS);
  return { elapsedS, ofS, over: elapsedS >= ofS };
}

/**
 * Whether the chime is due: once a turn, at its end. A page that is opened later than that stays
 * quiet, its clock says enough.
 */
export function isChimeDue(before: Turn | null, now: Turn): boolean {
  return before !== null && !before.over && now.over && now.elapsedS - now.ofS < 5;
}
