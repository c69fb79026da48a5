import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import type { Concept, Language, Term } from "../api/types";
import { booth } from "../i18n/catalogues/booth/en";
import { en } from "../i18n/catalogues/en";
import { textsOf } from "../i18n/texts";
import { TextsProvider } from "../i18n/TextsProvider";
import type { GlossaryLanguages } from "../organize/hooks/useGlossaryLanguages";
import { language } from "./fakes";

const texts = textsOf("en", "ltr", { ...en, ...booth });

class NoSizes implements ResizeObserver {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
}

/** Shows a part of a workplace; brings what jsdom lacks: media, sizes, fonts, scrolling and dialogs. */
export function show(part: ReactElement) {
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), { media, matches: false }) as unknown as MediaQueryList;
  globalThis.ResizeObserver = NoSizes;
  Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  return render(
    <TextsProvider texts={texts}>
      <MantineProvider env="test">{part}</MantineProvider>
    </TextsProvider>,
  );
}

export const term = (tag: string, said: string, more: Partial<Term> = {}): Term => ({
  language: tag,
  term: said,
  note: "",
  pronunciation: "",
  do_not_translate: false,
  ...more,
});

export const concept = (id: string, ...terms: Term[]): Concept => ({ concept: id, terms });

/** A glossary of an event in `tags`, on a service that knows `others` too. */
export const glossaryIn = (tags: string[], others: string[] = []): GlossaryLanguages => {
  const all: Language[] = [...tags, ...others].map((tag) => ({
    ...language(tag),
    direction: tag === "ar" ? "rtl" : "ltr",
  }));
  return { tags, all, languageOf: (tag) => all.find((each) => each.tag === tag) ?? language(tag) };
};
