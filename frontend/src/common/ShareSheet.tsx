import { IconCopy, IconShare } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../i18n/useTexts";
import { Button } from "./Button";
import { QrCode } from "./QrCode";
import { Sheet } from "./Sheet";
import styles from "./ShareSheet.module.css";

interface ShareProps {
  title: string;
  address: string;
  open: boolean;
  onClose: () => void;
}

/** A page's address as a QR code, to copy, and to hand to another app where the device can. */
export function ShareSheet({ title, address, open, onClose }: ShareProps) {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    setCopied(true);
  };
  return (
    <Sheet title={t("share.title")} open={open} onClose={onClose}>
      <div className={styles.share}>
        <QrCode text={address} label={t("share.code", { title })} />
        <p className={styles.hint}>{t("share.hint")}</p>
        <p className={styles.address} dir="ltr">
          {address}
        </p>
        <div className={styles.actions}>
          <Button icon={<IconCopy size={18} />} onClick={() => void copy()}>
            <span aria-live="polite">{copied ? t("share.copied") : t("share.copy")}</span>
          </Button>
          {"share" in navigator && (
            <Button
              look="plain"
              icon={<IconShare size={18} />}
              onClick={() => void navigator.share({ title, url: address }).catch(() => undefined)}
            >
              {t("share.send")}
            </Button>
          )}
        </div>
      </div>
    </Sheet>
  );
}
