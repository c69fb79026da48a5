import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { EventVoice } from "../../api/types";
import { engineName } from "../../common/engineName";
import { GENDERS, genderOf } from "../../common/genders";
import { useTexts } from "../../i18n/useTexts";
import page from "../Organize.module.css";
import { ChoiceForm } from "./ChoiceForm";
import { LanguageOrAll } from "./LanguageOrAll";
import { KIND_TEXTS, voiceId } from "./voices";

interface FormProps {
  title: string;
  /** What it was so far; without: a new one. */
  voice?: EventVoice;
  voices: readonly EventVoice[];
  engines: readonly string[];
  onSave: (voice: EventVoice) => Promise<void>;
  onCancel: () => void;
}

/** A voice of an engine, for a language or for all, for everybody or for those who wish it so. */
export function VoiceForm({ title, voice, voices, engines, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState<EventVoice>(
    voice ?? { engine: engines[0] ?? "", language: "", gender: "any", voice: "" },
  );
  const others = voices.filter((each) => !voice || voiceId(each) !== voiceId(voice));

  return (
    <ChoiceForm
      title={title}
      replaces={others.some((each) => voiceId(each) === voiceId(draft)) && t("voices.replaces")}
      complete={draft.voice.trim() !== ""}
      onSave={() => onSave(draft)}
      onCancel={onCancel}
    >
      <div className={page.pair}>
        <Select
          size="md"
          label={t("voices.engine")}
          data={engines.map((name) => ({ value: name, label: engineName(name) }))}
          value={draft.engine}
          allowDeselect={false}
          onChange={(engine) => engine && setDraft({ ...draft, engine })}
        />
        <LanguageOrAll
          value={draft.language}
          onChange={(language) => setDraft({ ...draft, language })}
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
    </ChoiceForm>
  );
}
