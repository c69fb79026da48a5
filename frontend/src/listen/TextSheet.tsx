import { IconMinus, IconPlus } from "@tabler/icons-react";
import type { Session } from "../api/types";
import { Button } from "../common/Button";
import { Sheet } from "../common/Sheet";
import { useTexts } from "../i18n/useTexts";
import { TEXT_SIZES } from "./textSizes";
import styles from "./TextSheet.module.css";

interface TextSheetProps {
  session: Session;
  open: boolean;
  size: number;
  onSize: (size: number) => void;
  /** null: the same language as the sound. */
  language: string | null;
  onLanguage: (tag: string | null) => void;
  onClose: () => void;
}

/** How large the captions are and in which language. */
export function TextSheet(props: TextSheetProps) {
  const { session, open, size, onSize, language, onLanguage, onClose } = props;
  const { t } = useTexts();
  return (
    <Sheet title={t("text.title")} open={open} onClose={onClose}>
      <div className={styles.settings}>
        <div className={styles.size} role="group" aria-label={t("text.size")}>
          <span>{t("text.size")}</span>
          <div className={styles.steps}>
            <Button
              look="plain"
              round
              icon={<IconMinus size={20} />}
              aria-label={t("text.smaller")}
              disabled={size <= 0}
              onClick={() => onSize(size - 1)}
            />
            <span
              className={styles.sample}
              style={{ fontSize: TEXT_SIZES[size] }}
              aria-hidden="true"
            >
              Aa
            </span>
            <Button
              look="plain"
              round
              icon={<IconPlus size={20} />}
              aria-label={t("text.larger")}
              disabled={size >= TEXT_SIZES.length - 1}
              onClick={() => onSize(size + 1)}
            />
          </div>
        </div>
        <label className={styles.language}>
          <span>{t("text.language")}</span>
          <select
            value={language ?? ""}
            onChange={(event) => onLanguage(event.currentTarget.value || null)}
          >
            <option value="">{t("text.sameAsSound")}</option>
            {session.channels.map((channel) => (
              <option
                key={channel.language.tag}
                value={channel.language.tag}
                lang={channel.language.tag}
              >
                {channel.language.name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Sheet>
  );
}
