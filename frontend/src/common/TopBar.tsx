import type { ReactNode } from "react";
import { useTexts } from "../i18n/useTexts";
import styles from "./TopBar.module.css";

/** The product's name, and what belongs to the right of it. */
export function TopBar({ children }: { children?: ReactNode }) {
  const { t } = useTexts();
  return (
    <header className={styles.bar}>
      <a className={styles.brand} href="/" aria-label={`Interpret · ${t("common.home")}`}>
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <rect width="32" height="32" rx="9" fill="var(--accent)" />
          <g fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round">
            <path d="M8 13v6M12.5 9.5v13M17 13v6" />
            <path d="M21 12.2a5.4 5.4 0 0 1 0 7.6M24.2 9.2a9.6 9.6 0 0 1 0 13.6" />
          </g>
        </svg>
        Interpret
      </a>
      <div className={styles.end}>{children}</div>
    </header>
  );
}
