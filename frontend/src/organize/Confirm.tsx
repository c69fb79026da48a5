import { Button } from "../common/Button";
import { Sheet } from "../common/Sheet";
import { useTexts } from "../i18n/useTexts";
import { useAction } from "./hooks/useAction";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";

interface ConfirmProps {
  open: boolean;
  title: string;
  text: string;
  action: string;
  /** Does it, and closes; why it did not work is said here, until this closes. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm({ open, title, onClose, ...question }: ConfirmProps) {
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <Question onClose={onClose} {...question} />
    </Sheet>
  );
}

function Question({ text, action, onConfirm, onClose }: Omit<ConfirmProps, "open" | "title">) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  return (
    <div className={styles.confirm}>
      <p>{text}</p>
      <Problem text={problem} />
      <div className={styles.actions}>
        <Button look="grave" busy={busy} onClick={() => void run(onConfirm)}>
          {action}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </div>
  );
}
