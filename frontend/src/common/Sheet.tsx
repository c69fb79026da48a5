import { IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTexts } from "../i18n/useTexts";
import { Button } from "./Button";
import styles from "./Sheet.module.css";

interface SheetProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that rises from the bottom of a phone and stands in the middle of a desk's screen. */
export function Sheet({ title, open, onClose, children }: SheetProps) {
  const { t } = useTexts();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    // A tap beside the sheet closes it; for the keyboard the dialog has Escape and a button.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={ref}
      className={styles.sheet}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {open && (
        <div className={styles.inside}>
          <header className={styles.head}>
            <h2 id={titleId}>{title}</h2>
            <Button
              look="quiet"
              round
              aria-label={t("common.close")}
              icon={<IconX size={22} />}
              onClick={onClose}
            />
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
