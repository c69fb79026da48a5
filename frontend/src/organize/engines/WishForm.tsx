import { MultiSelect, Select } from "@mantine/core";
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import type { Engines, EngineWish, Language } from "../../api/types";
import { Button } from "../../common/Button";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { useAction } from "../hooks/useAction";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import { engineName, isSame, SLOTS, SLOT_TEXTS } from "./wishes";

interface FormProps {
  title: string;
  /** What it was so far; null: a new one. */
  wish: EngineWish | null;
  wishes: readonly EngineWish[];
  known: Engines["known"];
  languages: readonly Language[];
  onSave: (wish: EngineWish) => Promise<void>;
  onCancel: () => void;
}

const NEW: EngineWish = { slot: "speech", language: "", chain: [] };

/** Which engines one step of the path uses, for one language or for all. */
export function WishForm({ title, wish, wishes, known, languages, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const { run, busy, problem } = useAction();
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
            ...languages.map(({ tag, name }) => ({
              value: tag,
              label: name === languageName(tag) ? name : `${name} · ${languageName(tag)}`,
            })),
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
      <Problem text={problem} />
      <div className={page.actions}>
        <Button type="submit" busy={busy} disabled={draft.chain.length === 0}>
          {t("common.save")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
