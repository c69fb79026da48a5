/** The fence of a channel's publisher: `channel.pt-BR.7` -> 7; null for anybody else. */
export function fenceOf(identity: string, language: string): number | null {
  const prefix = `channel.${language}.`;
  if (!identity.startsWith(prefix)) return null;
  const fence = identity.slice(prefix.length);
  return /^\d+$/.test(fence) ? Number(fence) : null;
}

/** Of several publishers of a channel the newest counts: the one with the highest fence. */
export function newestPublisher<P extends { identity: string }>(
  participants: Iterable<P>,
  language: string,
): P | null {
  let newest: P | null = null;
  let highest = -1;
  for (const participant of participants) {
    const fence = fenceOf(participant.identity, language);
    if (fence !== null && fence > highest) {
      newest = participant;
      highest = fence;
    }
  }
  return newest;
}
