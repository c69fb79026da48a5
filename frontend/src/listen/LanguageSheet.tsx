import type { Session } from "../api/types";
import { Sheet } from "../common/Sheet";
import { useTexts } from "../i18n/useTexts";
import { LanguageList } from "./LanguageList";

interface LanguageSheetProps {
  session: Session;
  chosen: string;
  open: boolean;
  onChoose: (tag: string) => void;
  onClose: () => void;
}

export function LanguageSheet({ session, chosen, open, onChoose, onClose }: LanguageSheetProps) {
  const { t } = useTexts();
  return (
    <Sheet title={t("languages.title")} open={open} onClose={onClose}>
      <LanguageList
        session={session}
        chosen={chosen}
        label={t("languages.title")}
        onChoose={onChoose}
      />
    </Sheet>
  );
}
