import { Button } from "../common/Button";
import { Sheet } from "../common/Sheet";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";

interface ConfirmProps {
  open: boolean;
  title: string;
  text: string;
  action: string;
  busy: boolean;
  problem: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const { open, title, text, action, busy, problem, onConfirm, onClose } = props;
  const { t } = useTexts();
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <div className={styles.confirm}>
        <p>{text}</p>
        <Problem text={problem} />
        <div className={styles.actions}>
          <Button look="grave" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
          <Button look="plain" onClick={onClose}>
            {t("common.cancel")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
