import { useState } from "react";
import type { Concept, Term } from "../../api/types";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { Confirm } from "../Confirm";
import type { GlossaryLanguages } from "../hooks/useGlossaryLanguages";
import { ConceptForm } from "./ConceptForm";
import { ConceptRow } from "./ConceptRow";
import styles from "./Glossary.module.css";
import { editId, nameOf } from "./terms";

const STEP = 100;

interface ListProps {
  concepts: readonly Concept[];
  languages: GlossaryLanguages;
  /** The concept whose form is open; "" is a new one's. */
  open: string | null;
  locked: boolean;
  onOpen: (concept: string | null) => void;
  onSave: (concept: Concept, terms: Term[]) => Promise<void>;
  onDelete: (concept: Concept) => Promise<void>;
  focusNext: (id?: string) => void;
}

/** The concepts, a hundred at a time. */
export function ConceptList(props: ListProps) {
  const { concepts, languages, open, locked, onOpen, onSave, onDelete, focusNext } = props;
  const { t } = useTexts();
  const [shown, setShown] = useState(STEP);
  const [deleting, setDeleting] = useState<Concept | null>(null);
  const left = concepts.length - shown;

  const remove = async () => {
    if (!deleting) return;
    await onDelete(deleting);
    setDeleting(null);
    focusNext();
  };
  const more = () => {
    setShown(shown + STEP);
    focusNext(editId(concepts[shown]?.concept ?? ""));
  };

  return (
    <>
      <ul className={styles.list}>
        {concepts.slice(0, shown).map((concept) => (
          <ConceptRow
            key={concept.concept}
            concept={concept}
            languages={languages}
            locked={locked}
            onEdit={() => onOpen(concept.concept)}
            onDelete={() => setDeleting(concept)}
          >
            {open === concept.concept && (
              <ConceptForm
                title={t("glossary.edit")}
                terms={concept.terms}
                languages={languages}
                onSave={(terms) => onSave(concept, terms)}
                onCancel={() => {
                  onOpen(null);
                  focusNext(editId(concept.concept));
                }}
              />
            )}
          </ConceptRow>
        ))}
      </ul>
      {left > 0 && (
        <div>
          <Button look="plain" onClick={more}>
            {t("glossary.more", { count: Math.min(STEP, left) })}
          </Button>
        </div>
      )}
      <Confirm
        open={deleting !== null}
        title={t("glossary.delete.title", {
          term: deleting ? nameOf(deleting, languages.tags) : "",
        })}
        text={t("glossary.delete.text")}
        action={t("glossary.delete")}
        onConfirm={remove}
        onClose={() => setDeleting(null)}
      />
    </>
  );
}
