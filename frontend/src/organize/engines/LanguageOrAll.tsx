import { Select } from "@mantine/core";
import { getLanguages } from "../../api/organize";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";

interface LanguageProps {
  /** A tag; "" for all languages. */
  value: string;
  onChange: (language: string) => void;
}

/** One language of the service, or all. */
export function LanguageOrAll({ value, onChange }: LanguageProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { answer: languages } = useAsked(() => getLanguages(), null);
  return (
    <Select
      size="md"
      searchable
      label={t("engines.language")}
      data={[
        { value: "", label: t("engines.all") },
        ...(languages ?? []).map((each) => ({ value: each.tag, label: languageLabel(each) })),
      ]}
      value={value}
      allowDeselect={false}
      onChange={(language) => onChange(language ?? "")}
    />
  );
}
