import type { components } from "../../api/schema";

/** Who is heard from a moment of session time on. `who`: an engine, or an interpreter's id. */
export type Voice = Pick<components["schemas"]["VoiceOut"], "input" | "who" | "name" | "since_s">;

/** Two words about one change differ by how they were rounded at most. */
const SAME_S = 0.01;

/** The voices after one more word about them; the same list where it says nothing new. */
export function withVoice(voices: readonly Voice[], voice: Voice): readonly Voice[] {
  const known = voices.find(({ since_s }) => Math.abs(since_s - voice.since_s) < SAME_S);
  if (known && known.input === voice.input && known.name === voice.name) return voices;
  const others = voices.filter((each) => each !== known);
  const newest = { ...voice, who: voice.who || (known?.who ?? "") };
  return [...others, newest].sort((a, b) => a.since_s - b.since_s);
}

/** The changes that a listener would notice: other voices, not other reasons. */
export function changes(voices: readonly Voice[]): Voice[] {
  return voices.filter((voice, at) => {
    const before = voices[at - 1];
    const same = before?.input === voice.input && before.who === voice.who;
    return !same || (voice.input === "interpreter" && voice.who === "");
  });
}
