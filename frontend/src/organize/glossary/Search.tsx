import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTexts } from "../../i18n/useTexts";

const REST_MS = 250;
const LONGEST = 200;

interface SearchProps {
  disabled: boolean;
  onSearch: (query: string) => void;
}

/** Searches when the typing rests. */
export function Search({ disabled, onSearch }: SearchProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const search = useDebouncedCallback(onSearch, REST_MS);
  return (
    <TextInput
      size="md"
      type="search"
      label={t("glossary.search")}
      maxLength={LONGEST}
      disabled={disabled}
      value={typed}
      onChange={(change) => {
        setTyped(change.currentTarget.value);
        search(change.currentTarget.value.trim());
      }}
    />
  );
}
