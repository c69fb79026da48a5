import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface NoticeProps {
  title: string;
  text?: string | undefined;
  icon?: ReactNode;
  children?: ReactNode;
  /** The page's only content: the title is its heading. */
  whole?: boolean;
}

/** Something in words, where there is nothing else to show: empty, missing, not yet, over. */
export function Notice({ title, text, icon, children, whole = false }: NoticeProps) {
  const Heading = whole ? "h1" : "h2";
  return (
    <div className={styles.notice} data-whole={whole || undefined}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <Heading>{title}</Heading>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}
