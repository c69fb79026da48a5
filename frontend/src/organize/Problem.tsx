import { IconAlertTriangle } from "@tabler/icons-react";
import styles from "./Organize.module.css";

/** Why something did not work. */
export function Problem({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p role="alert" className={styles.problem}>
      <IconAlertTriangle size={20} aria-hidden="true" />
      <span dir="auto">{text}</span>
    </p>
  );
}
