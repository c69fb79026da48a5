import { IconChevronUp, IconShare2, IconTextSize } from "@tabler/icons-react";
import type { Language } from "../api/types";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import styles from "./BottomBar.module.css";

interface BottomBarProps {
  language: Language;
  onLanguage: () => void;
  onText: () => void;
  onShare: () => void;
}

export function BottomBar({ language, onLanguage, onText, onShare }: BottomBarProps) {
  const { t } = useTexts();
  return (
    <nav className={styles.bar} aria-label={t("listen.controls")}>
      <Button
        look="plain"
        iconAfter={<IconChevronUp size={18} aria-hidden="true" />}
        aria-label={t("languages.change", { language: language.name })}
        aria-haspopup="dialog"
        onClick={onLanguage}
      >
        <span lang={language.tag} dir={language.direction}>
          {language.name}
        </span>
      </Button>
      <div className={styles.end}>
        <Button
          look="plain"
          round
          icon={<IconTextSize size={22} />}
          aria-label={t("text.title")}
          aria-haspopup="dialog"
          onClick={onText}
        />
        <Button
          look="plain"
          round
          icon={<IconShare2 size={20} />}
          aria-label={t("share.title")}
          aria-haspopup="dialog"
          onClick={onShare}
        />
      </div>
    </nav>
  );
}
