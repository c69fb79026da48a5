import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { MACHINE } from "../../live/messages";
import type { ConsoleState } from "../hooks/useConsole";
import type { Action } from "../keys/keymap";
import styles from "./Panel.module.css";

interface HandoverProps {
  booth: ConsoleState;
  name: (action: Action) => string;
}

/** A handover that runs: what it waits for, or how many seconds are left. */
export function Handover({ booth, name }: HandoverProps) {
  const { t } = useTexts();
  const { handover, colleagues } = booth;
  if (!handover) return null;
  const { word, remainingS, other } = handover;
  const who =
    other === MACHINE
      ? t("handover.machine")
      : (colleagues.find(({ id }) => id === other)?.name ?? t("handover.partner"));
  const seconds = remainingS === null ? null : Math.ceil(remainingS);

  return (
    <section className={`${styles.panel} ${styles.handover}`} aria-label={t("handover.title")}>
      <strong role="status">
        {t(`handover.${word}`, { who })}
        {word === "taking" && ` ${t("handover.listen")}`}
      </strong>
      {seconds !== null && (
        <p className={styles.count} role="timer">
          {seconds}
        </p>
      )}
      <div className={styles.buttons}>
        {word === "to_answer" && (
          <>
            <Button onClick={() => booth.run("accept")}>
              {t("handover.accept")} <kbd>{name("accept")}</kbd>
            </Button>
            <Button look="plain" onClick={() => booth.run("decline")}>
              {t("handover.decline")} <kbd>{name("decline")}</kbd>
            </Button>
          </>
        )}
        {word !== "others" && word !== "to_answer" && (
          <Button look="plain" onClick={() => booth.run("cancel")}>
            {t("common.cancel")} <kbd>{name("cancel")}</kbd>
          </Button>
        )}
      </div>
    </section>
  );
}
