import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";

/** In place of what has not been read yet. `failed`: it was tried in vain. */
export function NotRead({ failed, onAgain }: { failed: boolean; onAgain: () => void }) {
  const { t } = useTexts();
  return (
    <>
      <p role="status" className={styles.soft}>
        {failed ? t("error.unreachable") : t("common.loading")}
      </p>
      {failed && (
        <div>
          <Button look="plain" onClick={onAgain}>
            {t("common.again")}
          </Button>
        </div>
      )}
    </>
  );
}
