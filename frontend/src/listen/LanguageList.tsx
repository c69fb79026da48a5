import { IconMicrophone, IconSearch } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Session } from "../api/types";
import fields from "../common/Field.module.css";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./LanguageList.module.css";
import { findChannels, orderChannels } from "./languageOrder";

const SEARCH_FROM = 9;

interface LanguageListProps {
  session: Session;
  chosen: string | null;
  label: string;
  onChoose: (tag: string) => void;
}

/** The languages of a session in their own names. Arrow keys move, Enter or a tap chooses. */
export function LanguageList({ session, chosen, label, onChoose }: LanguageListProps) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const ordered = orderChannels(session.channels, navigator.languages);
  const found = findChannels(ordered, typed, languageName);
  const reachable = found.some(({ language }) => language.tag === chosen)
    ? chosen
    : found[0]?.language.tag;

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const options = [...(list.current?.querySelectorAll<HTMLElement>("[role=radio]") ?? [])];
    const at = options.indexOf(document.activeElement as HTMLElement);
    options[(at + step + options.length) % options.length]?.focus();
  };

  return (
    <div className={styles.languages}>
      {session.channels.length >= SEARCH_FROM && (
        <div className={fields.search}>
          <IconSearch size={18} aria-hidden="true" />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            placeholder={t("languages.search")}
            aria-label={t("languages.search")}
          />
        </div>
      )}
      <div ref={list} role="radiogroup" aria-label={label} className={styles.list}>
        {found.map(({ language, original }) => (
          <button
            key={language.tag}
            type="button"
            role="radio"
            aria-checked={language.tag === chosen}
            tabIndex={language.tag === reachable ? 0 : -1}
            className={styles.option}
            onClick={() => onChoose(language.tag)}
            onKeyDown={move}
          >
            <span className={styles.name} lang={language.tag} dir={language.direction}>
              {language.name}
            </span>
            <span className={styles.also}>
              {original ? (
                <>
                  <IconMicrophone size={16} aria-hidden="true" />
                  {t("languages.original")}
                </>
              ) : (
                also(language.name, languageName(language.tag))
              )}
            </span>
          </button>
        ))}
      </div>
      <p role="status" className={styles.none}>
        {found.length === 0 && t("languages.none", { typed })}
      </p>
    </div>
  );
}

/** The reader's name for a language, unless it is the same as the language's own. */
function also(own: string, translated: string): string {
  return own.toLowerCase() === translated.toLowerCase() ? "" : translated;
}
