import { MultiSelect, Select } from "@mantine/core";
import { useState } from "react";
import type { Engines, EngineWish } from "../../api/types";
import { engineName } from "../../common/engineName";
import { useTexts } from "../../i18n/useTexts";
import page from "../Organize.module.css";
import { ChoiceForm } from "./ChoiceForm";
import { LanguageOrAll } from "./LanguageOrAll";
import { SLOTS, SLOT_TEXTS, wishId } from "./wishes";

interface FormProps {
  title: string;
  /** What it was so far; without: a new one. */
  wish?: EngineWish;
  wishes: readonly EngineWish[];
  known: Engines["known"];
  onSave: (wish: EngineWish) => Promise<void>;
  onCancel: () => void;
}

const NEW: EngineWish = { slot: "speech", language: "", chain: [] };

/** Which engines one step of the path uses, for one language or for all. */
export function WishForm({ title, wish, wishes, known, onSave, onCancel }: FormProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState(wish ?? NEW);
  const others = wishes.filter((each) => !wish || wishId(each) !== wishId(wish));

  return (
    <ChoiceForm
      title={title}
      replaces={others.some((each) => wishId(each) === wishId(draft)) && t("engines.replaces")}
      complete={draft.chain.length > 0}
      onSave={() => onSave(draft)}
      onCancel={onCancel}
    >
      <div className={page.pair}>
        <Select
          size="md"
          label={t("engines.slot")}
          data={SLOTS.map((slot) => ({ value: slot, label: t(SLOT_TEXTS[slot]) }))}
          value={draft.slot}
          allowDeselect={false}
          onChange={(slot) => slot && setDraft({ ...draft, slot: slot, chain: [] })}
        />
        <LanguageOrAll
          value={draft.language}
          onChange={(language) => setDraft({ ...draft, language })}
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
    </ChoiceForm>
  );
}
