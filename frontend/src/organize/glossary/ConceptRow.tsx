import { IconLock, IconVolume } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Concept, Language, Term } from "../../api/types";
import { useTexts } from "../../i18n/useTexts";
import type { GlossaryLanguages } from "../hooks/useGlossaryLanguages";
import { RowButtons } from "../RowButtons";
import styles from "./Glossary.module.css";
import { editId, inOrder, nameOf } from "./terms";

interface RowProps {
  concept: Concept;
  languages: GlossaryLanguages;
  /** A form is open: this one must wait. */
  locked: boolean;
  onEdit: () => void;
  onDelete: () => void;
  /** The form, while it is open. */
  children?: ReactNode;
}

/** A concept: what it is called in each language. */
export function ConceptRow({ concept, languages, locked, onEdit, onDelete, children }: RowProps) {
  const { t } = useTexts();
  const term = nameOf(concept, languages.tags);
  return (
    <li className={styles.concept}>
      <div className={styles.row}>
        <dl className={styles.terms}>
          {inOrder(concept.terms, languages.tags).map((each) => (
            <TermLine
              key={each.language}
              term={each}
              language={languages.languageOf(each.language)}
            />
          ))}
        </dl>
        <RowButtons
          id={editId(concept.concept)}
          editLabel={t("glossary.edit.one", { term })}
          removeLabel={t("glossary.delete.one", { term })}
          open={Boolean(children)}
          locked={locked}
          onEdit={onEdit}
          onRemove={onDelete}
        />
      </div>
      {children}
    </li>
  );
}

function TermLine({ term, language }: { term: Term; language: Language }) {
  const { t } = useTexts();
  const own = { lang: language.tag, dir: language.direction };
  return (
    <div className={styles.line}>
      <dt>
        <bdi {...own}>{language.name}</bdi>
      </dt>
      <dd>
        <strong>
          <bdi {...own}>{term.term}</bdi>
        </strong>
        {term.do_not_translate && (
          <span className={styles.badge}>
            <IconLock size={14} aria-hidden="true" />
            {t("glossary.kept")}
          </span>
        )}
        {term.pronunciation && (
          <span className={styles.badge}>
            <IconVolume size={14} aria-hidden="true" />
            {t("glossary.said", { pronunciation: term.pronunciation })}
          </span>
        )}
        {term.note && (
          <span className={styles.note}>
            <bdi>{term.note}</bdi>
          </span>
        )}
      </dd>
    </div>
  );
}
