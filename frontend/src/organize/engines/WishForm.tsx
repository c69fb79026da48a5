import { MultiSelect, Select } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { getLanguages } from "../../api/organize";
import type { Engines, EngineWish } from "../../api/types";
import { engineName } from "../../common/engineName";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { FormEnd } from "../FormEnd";
import { useAction } from "../hooks/useAction";
import page from "../Organize.module.css";
import { isSame, SLOTS, SLOT_TEXTS } from "./wishes";

interface FormProps {
  title: string;
  /** What it was so far; null: a new one. */
  wish: EngineWish | null;
  wishes: readonly EngineWish[];
  known: Engines["known"];
  onSave: (wish: EngineWish) => Promise<void>;
  onCancel: () => void;
}

const NEW: EngineWish = { slot: "speech", language: "", chain: [] };

/** Which engines one step of the path uses, for one language or for all. */
export function WishForm({ title, wish, wishes, known, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { run, busy, problem } = useAction();
  const { answer: languages } = useAsked(() => getLanguages(), null);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(wish ?? NEW);
  const replaces = wishes.some(
    (each) => isSame(each, draft) && !(wish !== null && isSame(each, wish)),
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
          label={t("engines.slot")}
          data={SLOTS.map((slot) => ({ value: slot, label: t(SLOT_TEXTS[slot]) }))}
          value={draft.slot}
          allowDeselect={false}
          onChange={(slot) => slot && setDraft({ ...draft, slot: slot, chain: [] })}
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
      <MultiSelect
        size="md"
        searchable
        label={t("engines.chain")}
        description={t("engines.chain.hint")}
        data={known[draft.slot].map((name) => ({ value: name, label: engineName(name) }))}
        value={draft.chain}
        onChange={(chain) => setDraft({ ...draft, chain })}
      />
      <p role="status" className={page.soft}>
        {busy ? t("common.loading") : replaces && t("engines.replaces")}
      </p>
      <FormEnd
        busy={busy}
        problem={problem}
        disabled={draft.chain.length === 0}
        onCancel={onCancel}
      />
    </form>
  );
}
