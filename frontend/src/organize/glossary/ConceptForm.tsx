import { Select } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import type { Term } from "../../api/types";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { FormEnd } from "../FormEnd";
import { useAction } from "../hooks/useAction";
import { useFocusFirst } from "../hooks/useFocusFirst";
import type { GlossaryLanguages } from "../hooks/useGlossaryLanguages";
import page from "../Organize.module.css";
import styles from "./Glossary.module.css";
import { TermFields } from "./TermFields";
import { draftsOf, noTerm, termsOf } from "./terms";

interface FormProps {
  title: string;
  /** What the concept is called so far; nothing: a new one. */
  terms: readonly Term[];
  languages: GlossaryLanguages;
  onSave: (terms: Term[]) => Promise<void>;
  onCancel: () => void;
}

/** What a concept is called: the event's languages first, any other on demand. */
export function ConceptForm({ title, terms, languages, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { run, busy, problem } = useAction();
  const form = useFocusFirst();
  const [drafts, setDrafts] = useState(() => draftsOf(terms, languages.tags));
  const [added, setAdded] = useState<string | null>(null);
  const saved = termsOf(drafts);
  const others = languages.all.filter(
    ({ tag }) => !drafts.some(({ language }) => language === tag),
  );

  const change = (draft: Term) =>
    setDrafts((before) => before.map((each) => (each.language === draft.language ? draft : each)));
  const add = (tag: string | null) => {
    if (tag === null) return;
    setDrafts((before) => [...before, noTerm(tag)]);
    setAdded(tag);
  };
  const submit = (submitted: SubmitEvent) => {
    submitted.preventDefault();
    void run(() => onSave(saved));
  };

  return (
    <form ref={form} className={page.inner} aria-label={title} onSubmit={submit}>
      <h3>{title}</h3>
      <p className={page.soft}>{t("glossary.form.hint")}</p>
      <div className={styles.drafts}>
        {drafts.map((draft) => (
          <TermFields
            key={draft.language}
            language={languages.languageOf(draft.language)}
            draft={draft}
            focus={draft.language === added}
            onChange={change}
          />
        ))}
      </div>
      <div className={page.inline}>
        <Select
          // Begins anew after each choice: what was chosen stands above by then.
          key={drafts.length}
          size="md"
          searchable
          label={t("channels.new")}
          placeholder={t("channels.choose")}
          nothingFoundMessage={t("sessions.targets.none")}
          data={others.map((each) => ({ value: each.tag, label: languageLabel(each) }))}
          value={null}
          onChange={add}
        />
      </div>
      <FormEnd busy={busy} problem={problem} disabled={saved.length === 0} onCancel={onCancel}>
        <span role="status" className={page.soft}>
          {busy && t("common.loading")}
        </span>
      </FormEnd>
    </form>
  );
}
