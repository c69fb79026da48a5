import type { Channel } from "../api/types";

const base = (tag: string) => tag.toLowerCase().split("-")[0];

/**
 * Lower is better: where the browser's preferences name the language. For a wish of `pt-PT`, plain
 * `pt` comes before `pt-BR`.
 */
function rank(tag: string, preferred: readonly string[]): number {
  const ranks = preferred.map((wish, index) => {
    if (wish.toLowerCase() === tag.toLowerCase()) return index;
    if (base(wish) !== base(tag)) return Infinity;
    return index + (tag.includes("-") ? 0.5 : 0.25);
  });
  return Math.min(Infinity, ...ranks);
}

/** The browser's languages first, then by their own names; the original last of the rest. */
export function orderChannels(
  channels: readonly Channel[],
  preferred: readonly string[],
): Channel[] {
  return [...channels].sort((a, b) => {
    const [first, second] = [rank(a.language.tag, preferred), rank(b.language.tag, preferred)];
    if (first !== second) return first - second;
    if (a.original !== b.original) return a.original ? 1 : -1;
    return a.language.name.localeCompare(b.language.name);
  });
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLocaleLowerCase();

/** The channels whose own name, translated name or tag holds what was typed; accents do not count. */
export function findChannels(
  channels: readonly Channel[],
  typed: string,
  nameOf: (tag: string) => string,
): Channel[] {
  const wanted = plain(typed.trim());
  return channels.filter(({ language: { tag, name, english_name } }) =>
    [name, english_name, tag, nameOf(tag)].some((text) => plain(text).includes(wanted)),
  );
}
