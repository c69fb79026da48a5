import type { Concept, Event, Language, Term } from "../../api/types";

/** Every language of an event's sessions once, in the order of the agenda. */
export function languagesOf(event: Event): Language[] {
  const all = event.rooms
    .flatMap(({ sessions }) => sessions)
    .flatMap(({ source_language, channels }) => [
      source_language,
      ...channels.map(({ language }) => language),
    ]);
  return [...new Map(all.map((language) => [language.tag, language])).values()];
}

export const noTerm = (language: string): Term => ({
  language,
  term: "",
  note: "",
  pronunciation: "",
  do_not_translate: false,
});

/** Terms in these languages first, the others after them. */
export function inOrder(terms: readonly Term[], tags: readonly string[]): Term[] {
  const rank = ({ language }: Term) => {
    const at = tags.indexOf(language);
    return at < 0 ? tags.length : at;
  };
  return [...terms].sort((a, b) => rank(a) - rank(b));
}

/** What a concept is spoken of as: its term in the first of these languages that has one. */
export const nameOf = (concept: Concept, tags: readonly string[]): string =>
  inOrder(concept.terms, tags)[0]?.term ?? "";

/** By name, as the reader's language sorts. */
export function sorted(
  concepts: readonly Concept[],
  tags: readonly string[],
  locale: string,
): Concept[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return concepts
    .map((concept) => ({ concept, name: nameOf(concept, tags) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ concept }) => concept);
}

/** What a form begins with: a term, maybe an empty one, in each offered language; then the others. */
export function draftsOf(terms: readonly Term[], tags: readonly string[]): Term[] {
  const missing = tags.filter((tag) => !terms.some(({ language }) => language === tag));
  return inOrder([...terms, ...missing.map(noTerm)], tags);
}

/** What a form ends with. */
export const termsOf = (drafts: readonly Term[]): Term[] =>
  drafts
    .map((draft) => ({
      ...draft,
      term: draft.term.trim(),
      note: draft.note.trim(),
      pronunciation: draft.pronunciation.trim(),
    }))
    .filter(({ term }) => term !== "");

/** Something is said about a term that is not there itself. */
export const isHalf = (draft: Term): boolean =>
  draft.term.trim() === "" &&
  (draft.note.trim() !== "" || draft.pronunciation.trim() !== "" || draft.do_not_translate);

export const hasDetails = (term: Term): boolean =>
  term.note !== "" || term.pronunciation !== "" || term.do_not_translate;

/** The id of the button that opens a concept's form. */
export const editId = (concept: string): string => `edit-${concept}`;
