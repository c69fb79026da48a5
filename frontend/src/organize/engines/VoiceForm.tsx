import { Select, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { getLanguages } from "../../api/organize";
import type { EventVoice } from "../../api/types";
import { engineName } from "../../common/engineName";
import { GENDERS, genderOf } from "../../common/genders";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { FormEnd } from "../FormEnd";
import { useAction } from "../hooks/useAction";
import page from "../Organize.module.css";
import { isSame, KIND_TEXTS } from "./voices";

interface FormProps {
  title: string;
  /** What it was so far; null: a new one. */
  voice: EventVoice | null;
  voices: readonly EventVoice[];
  engines: readonly string[];
  onSave: (voice: EventVoice) => Promise<void>;
  onCancel: () => void;
}

/** A voice of an engine, for a language or for all, for everybody or for those who wish it so. */
export function VoiceForm({ title, voice, voices, engines, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { run, busy, problem } = useAction();
  const { answer: languages } = useAsked(() => getLanguages(), null);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<EventVoice>(
    voice ?? { engine: engines[0] ?? "", language: "", gender: "any", voice: "" },
  );
  const replaces = voices.some(
    (each) => isSame(each, draft) && !(voice !== null && isSame(each, voice)),
  );

  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);

  const submit = (submitted: SubmitEvent) => {
    submitted.preventDefault();
    void run(() => onSave(draft));
  };

  return (
    <form ref={form} className={page.inner} aria-label={title} onSubmit={submit}>
      <h3>{title}</h3>
      <div className={page.pair}>
        <Select
          size="md"
          label={t("voices.engine")}
          data={engines.map((name) => ({ value: name, label: engineName(name) }))}
          value={draft.engine}
          allowDeselect={false}
          onChange={(engine) => engine && setDraft({ ...draft, engine })}
        />
        <Select
          size="md"
          searchable
          label={t("engines.language")}
          data={[
            { value: "", label: t("engines.all") },
            ...(languages ?? []).map((each) => ({ value: each.tag, label: languageLabel(each) })),
          ]}
          value={draft.language}
          allowDeselect={false}
          onChange={(language) => setDraft({ ...draft, language: language ?? "" })}
        />
      </div>
      <div className={page.pair}>
        <Select
          size="md"
          label={t("voices.gender")}
          description={t("voices.gender.hint")}
          data={GENDERS.map((gender) => ({ value: gender, label: t(KIND_TEXTS[gender]) }))}
          value={draft.gender}
          allowDeselect={false}
          onChange={(gender) => setDraft({ ...draft, gender: genderOf(gender) })}
        />
        <TextInput
          size="md"
          dir="ltr"
          maxLength={100}
          autoCapitalize="none"
          spellCheck={false}
          label={t("voices.name")}
          description={t("voices.name.hint")}
          value={draft.voice}
          onChange={(event) => setDraft({ ...draft, voice: event.currentTarget.value })}
        />
      </div>
      <p role="status" className={page.soft}>
        {busy ? t("common.loading") : replaces && t("voices.replaces")}
      </p>
      <FormEnd
        busy={busy}
        problem={problem}
        disabled={draft.voice.trim() === ""}
        onCancel={onCancel}
      />
    </form>
  );
}
