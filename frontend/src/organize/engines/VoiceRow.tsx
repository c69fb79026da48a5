import type { ReactNode } from "react";
import type { EventVoice } from "../../api/types";
import { engineName } from "../../common/engineName";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { RowButtons } from "../RowButtons";
import styles from "./Engines.module.css";
import { KIND_TEXTS, voiceId } from "./voices";

interface RowProps {
  voice: EventVoice;
  /** Something else is under way. */
  locked: boolean;
  onEdit: () => void;
  onRemove: () => void;
  /** The form, while it is open. */
  children?: ReactNode;
}

/** A voice of an engine, and for whom it speaks. */
export function VoiceRow({ voice, locked, onEdit, onRemove, children }: RowProps) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const engine = engineName(voice.engine);
  const language = voice.language === "" ? t("engines.all") : languageName(voice.language);
  const kind = t(KIND_TEXTS[voice.gender]);
  const what = `${engine}, ${language}, ${kind}`;
  return (
    <li className={styles.wish}>
      <div className={styles.row}>
        <div className={styles.about}>
          <strong>
            <bdi>{engine}</bdi>
          </strong>
          <span className={styles.origin}>
            {language} · {kind}
          </span>
        </div>
        <bdi className={styles.voice}>{voice.voice}</bdi>
        <RowButtons
          id={voiceId(voice)}
          editLabel={t("voices.edit.one", { what })}
          removeLabel={t("voices.remove.one", { what })}
          open={Boolean(children)}
          locked={locked}
          onEdit={onEdit}
          onRemove={onRemove}
        />
      </div>
      {children}
    </li>
  );
}
