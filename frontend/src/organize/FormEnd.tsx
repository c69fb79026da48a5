import type { ReactNode } from "react";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";

interface FormEndProps {
  /** What the button that saves says; nothing: "Save". */
  save?: string;
  busy: boolean;
  problem: string | null;
  disabled?: boolean;
  onCancel: () => void;
  children?: ReactNode;
}

/** How every form ends: what went wrong, save, cancel. */
export function FormEnd({ save, busy, problem, disabled, onCancel, children }: FormEndProps) {
  const { t } = useTexts();
  return (
    <>
      <Problem text={problem} />
      <div className={styles.actions}>
        <Button type="submit" busy={busy} disabled={disabled}>
          {save ?? t("common.save")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
        {children}
      </div>
    </>
  );
}
