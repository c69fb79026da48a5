import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Language, Term } from "../../api/types";
import { CheckBox } from "../../common/Field";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import styles from "./Glossary.module.css";
import { hasDetails, isHalf } from "./terms";

const LONGEST = { term: 200, note: 500, pronunciation: 200 };

interface FieldsProps {
  language: Language;
  draft: Term;
  /** Its first field takes the focus. */
  focus: boolean;
  onChange: (draft: Term) => void;
}

/** What a concept is called in one language, and what is to know about the word. */
export function TermFields({ language, draft, focus, onChange }: FieldsProps) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const term = useRef<HTMLInputElement>(null);
  const [open] = useState(() => hasDetails(draft));
  const own = { lang: language.tag, dir: language.direction };
  const name = languageName(language.tag);

  useEffect(() => {
    if (focus) term.current?.focus();
  }, [focus]);

  return (
    <fieldset className={styles.fields}>
      <legend>
        <bdi {...own}>{language.name}</bdi>
        {name !== language.name && ` · ${name}`}
      </legend>
      <TextInput
        ref={term}
        size="md"
        label={t("glossary.term")}
        required={isHalf(draft)}
        maxLength={LONGEST.term}
        value={draft.term}
        onChange={(change) => onChange({ ...draft, term: change.currentTarget.value })}
        {...own}
      />
      <details className={styles.details} open={open}>
        <summary>{t("glossary.details")}</summary>
        <TextInput
          size="md"
          classNames={{ input: styles.any ?? "" }}
          label={t("glossary.note")}
          description={t("glossary.note.hint")}
          maxLength={LONGEST.note}
          value={draft.note}
          onChange={(change) => onChange({ ...draft, note: change.currentTarget.value })}
        />
        <TextInput
          size="md"
          label={t("glossary.pronunciation")}
          description={t("glossary.pronunciation.hint")}
          maxLength={LONGEST.pronunciation}
          value={draft.pronunciation}
          onChange={(change) => onChange({ ...draft, pronunciation: change.currentTarget.value })}
          {...own}
        />
        <CheckBox
          label={t("glossary.keep")}
          hint={t("glossary.keep.hint")}
          checked={draft.do_not_translate}
          onChange={(do_not_translate) => onChange({ ...draft, do_not_translate })}
        />
      </details>
    </fieldset>
  );
}
