import { IconPencil, IconTrash } from "@tabler/icons-react";
import { Button } from "../common/Button";
import styles from "./Organize.module.css";

interface RowButtonsProps {
  /** Of the button that edits: the focus comes back to it. */
  id: string;
  editLabel: string;
  removeLabel: string;
  /** The form is open under the row. */
  open: boolean;
  /** Something else is under way. */
  locked: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

/** What can be done with a row of a list. */
export function RowButtons({
  id,
  editLabel,
  removeLabel,
  open,
  locked,
  onEdit,
  onRemove,
}: RowButtonsProps) {
  return (
    <div className={styles.rowButtons}>
      <Button
        id={id}
        look="quiet"
        round
        aria-label={editLabel}
        aria-expanded={open}
        icon={<IconPencil size={18} />}
        disabled={locked}
        onClick={onEdit}
      />
      <Button
        look="quiet"
        round
        aria-label={removeLabel}
        icon={<IconTrash size={18} />}
        disabled={locked}
        onClick={onRemove}
      />
    </div>
  );
}
