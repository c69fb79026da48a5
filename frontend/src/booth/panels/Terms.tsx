import { useMemo, useState, useSyncExternalStore, type RefObject } from "react";
import type { CaptionStore } from "../../common/captions/store";
import { useTexts } from "../../i18n/useTexts";
import type { ConsoleState } from "../hooks/useConsole";
import type { Action } from "../keys/keymap";
import { searched, type Entry, type TermIndex } from "../text/termIndex";
import styles from "./Panel.module.css";

const LINES = 8;
const SHOWN = 12;

interface TermsProps {
  booth: ConsoleState;
  captions: CaptionStore;
  terms: TermIndex;
  search: RefObject<HTMLInputElement | null>;
  name: (action: Action) => string;
}

/** The glossary: what was searched for, else the terms that were just said, the newest first. */
export function Terms({ booth, captions, terms, search, name }: TermsProps) {
  const { t, arrow } = useTexts();
  const [typed, setTyped] = useState("");
  const source = booth.floorLanguage.tag;
  const transcript = useSyncExternalStore(captions.subscribe, () => captions.of(source));
  const said = useMemo(() => saidIn(transcript.lines.slice(-LINES), terms), [transcript, terms]);
  const found = useMemo(() => searched(terms.entries, typed), [terms, typed]);
  const shown = typed.trim() === "" ? said : found;

  return (
    <section className={styles.panel} aria-label={t("terms.title")}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t("terms.title")}</h2>
        <kbd>{name("glossary")}</kbd>
      </div>
      <input
        ref={search}
        className={styles.field}
        type="search"
        value={typed}
        placeholder={t("terms.search")}
        aria-label={t("terms.search")}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <dl className={styles.terms}>
        {shown.slice(0, SHOWN).map(({ concept, source: term, targets, note }) => (
          <div key={`${concept}/${term}`}>
            <dt>
              <bdi lang={source}>{term}</bdi>
            </dt>
            <dd>
              {arrow} <strong lang={booth.language}>{targets.join(" / ") || "?"}</strong>
              {note && <span className={styles.soft}> · {note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {terms.entries.length === 0 && <p className={styles.soft}>{t("terms.empty")}</p>}
      {terms.entries.length > 0 && typed.trim() !== "" && found.length === 0 && (
        <p className={styles.soft}>{t("terms.none")}</p>
      )}
    </section>
  );
}

/** Each term once, the newest first. */
function saidIn(lines: readonly { text: string }[], terms: TermIndex): Entry[] {
  const inLine = (text: string) => terms.in(text).sort((a, b) => b.start - a.start);
  const entries = [...lines].reverse().flatMap(({ text }) => inLine(text));
  return [...new Set(entries.map(({ entry }) => entry))];
}
