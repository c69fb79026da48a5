import type { ReactNode } from "react";
import type { EngineWish } from "../../api/types";
import { useTexts } from "../../i18n/useTexts";
import { RowButtons } from "../RowButtons";
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
        <RowButtons
          id={wishId(wish)}
          editLabel={t("engines.edit.one", { what })}
          removeLabel={t("engines.remove.one", { what })}
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
