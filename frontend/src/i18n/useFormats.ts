import { useMemo } from "react";
import type { Language } from "../api/types";
import { useTexts } from "./useTexts";

/**
 * Times and numbers as the reader's language writes them.
 *
 * @example
 * const { time } = useFormats();
 * time("2026-11-22T14:00:00Z"); // "14:00", with the day when it is not today
 */
export function useFormats() {
  const { language } = useTexts();
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
    const dayAndClock = new Intl.DateTimeFormat(language, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
    const tenths = new Intl.NumberFormat(language, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const names = new Intl.DisplayNames(language, { type: "language" });
    const languageName = (tag: string) => names.of(tag) ?? tag;
    const isToday = (when: Date) => when.toDateString() === new Date().toDateString();
    return {
      time: (iso: string) => {
        const when = new Date(iso);
        return (isToday(when) ? clock : dayAndClock).format(when);
      },
      /** "14:00": the time of day alone, of a moment in milliseconds. */
      clock: (ms: number) => clock.format(ms),
      day: (iso: string) => day.format(new Date(iso)),
      tenths: (value: number) => tenths.format(value),
      languageName,
      /** "español · Spanish": for those who look for it in their own language too. */
      languageLabel: ({ tag, name }: Pick<Language, "tag" | "name">) =>
        name === languageName(tag) ? name : `${name} · ${languageName(tag)}`,
    };
  }, [language]);
}
