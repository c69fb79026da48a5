import { IconCopy } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";

interface FreshLinkProps {
  url: string;
  /** What is said above it; nothing: to copy it now. */
  children?: ReactNode;
}

/** A link that was made just now: it is shown this once. */
export function FreshLink({ url, children }: FreshLinkProps) {
  const { t } = useTexts();
  const [copied, setCopied] = useState("");
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(url);
  };
  return (
    <div className={styles.fresh}>
      {children ?? <p>{t("invitations.once")}</p>}
      <a href={url} dir="ltr">
        {url}
      </a>
      <div>
        <Button icon={<IconCopy size={18} />} onClick={() => void copy()}>
          <span aria-live="polite">{copied === url ? t("share.copied") : t("share.copy")}</span>
        </Button>
      </div>
    </div>
  );
}
