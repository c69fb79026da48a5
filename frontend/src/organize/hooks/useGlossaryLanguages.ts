import { useMemo } from "react";
import { getLanguages } from "../../api/organize";
import type { Event, Language } from "../../api/types";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { languagesOf } from "../glossary/terms";

export interface GlossaryLanguages {
  /** Those of the event's sessions: they come first everywhere. */
  tags: readonly string[];
  /** Every language that a term may have. */
  all: readonly Language[];
  languageOf: (tag: string) => Language;
}

/**
 * The languages that an event's glossary speaks of.
 *
 * @example
 * const { tags, all, languageOf } = useGlossaryLanguages(event);
 */
export function useGlossaryLanguages(event: Event): GlossaryLanguages {
  const { languageName } = useFormats();
  const { answer } = useAsked(() => getLanguages(), null);
  const offered = languagesOf(event);
  const line = lineOf(event);
  const tags = useMemo(() => line.split(" ").filter(Boolean), [line]);
  const all = answer ?? offered;
  const known = new Map([...all, ...offered].map((language) => [language.tag, language]));
  const languageOf = (tag: string): Language =>
    known.get(tag) ?? { tag, name: languageName(tag), english_name: tag, direction: "ltr" };
  return { tags, all, languageOf };
}

/** The event is read anew every few seconds; its tags in one line stay the same. */
const lineOf = (event: Event): string =>
  languagesOf(event)
    .map(({ tag }) => tag)
    .join(" ");
