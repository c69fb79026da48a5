import { IconPencil, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { EngineWish } from "../../api/types";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { Chain } from "./Chain";
import styles from "./Engines.module.css";
import { SLOT_TEXTS, wishId } from "./wishes";

interface RowProps {
  wish: EngineWish;
  languageName: string;
  /** Something else is under way. */
  locked: boolean;
  onEdit: () => void;
  onRemove: () => void;
  /** The form, while it is open. */
  children?: ReactNode;
}

/** A wish for one step of the path. */
export function WishRow({ wish, languageName, locked, onEdit, onRemove, children }: RowProps) {
  const { t } = useTexts();
  const what = `${t(SLOT_TEXTS[wish.slot])}, ${languageName}`;
  return (
    <li className={styles.wish}>
      <div className={styles.row}>
        <div className={styles.about}>
          <strong>{t(SLOT_TEXTS[wish.slot])}</strong>
          <span className={styles.origin}>{languageName}</span>
        </div>
        <Chain names={wish.chain} />
        <div className={styles.buttons}>
          <Button
            id={wishId(wish)}
            look="quiet"
            round
            aria-label={t("engines.edit.one", { what })}
            aria-expanded={Boolean(children)}
            icon={<IconPencil size={18} />}
            disabled={locked}
            onClick={onEdit}
          />
          <Button
            look="quiet"
            round
            aria-label={t("engines.remove.one", { what })}
            icon={<IconTrash size={18} />}
            disabled={locked}
            onClick={onRemove}
          />
        </div>
      </div>
      {children}
    </li>
  );
}
