import { IconAlertTriangle } from "@tabler/icons-react";
import { useTexts } from "../../i18n/useTexts";
import type { AlarmKind } from "../../live/messages";
import type { ConsoleState } from "../hooks/useConsole";
import type { StageRoomState } from "../sound/stageRoom";
import { ALARM_WORDS } from "../words";
import styles from "./Panel.module.css";

const GRAVE: readonly AlarmKind[] = ["double_microphone", "nobody_on_air", "wrong_language"];
/** A loss at which speech begins to suffer. */
const LOSSY = 0.05;

interface AlarmsProps {
  booth: ConsoleState;
  stage: StageRoomState;
  deaf: boolean;
  blocked: boolean;
  notice: string | null;
}

/** What is wrong in this booth now, each in a sentence; and the answer to the last gesture. */
export function Alarms({ booth, stage, deaf, blocked, notice }: AlarmsProps) {
  const { t } = useTexts();
  const mine = booth.alarms.filter(
    ({ kind, who }) => kind !== "muted_talking" || who !== booth.meId,
  );
  const kinds = [...new Set(mine.map(({ kind }) => kind))];
  const lost = !booth.connected || stage.phase === "reconnecting" || stage.phase === "connecting";

  return (
    <div role="alert" className={styles.sources}>
      {booth.mutedTalking && (
        <p className={styles.alarm} data-grave="">
          <IconAlertTriangle size={22} aria-hidden="true" />
          {t("alarm.muted_talking.me")}
        </p>
      )}
      {kinds.map((kind) => (
        <p key={kind} className={styles.alarm} data-grave={GRAVE.includes(kind) || undefined}>
          <IconAlertTriangle size={22} aria-hidden="true" />
          {t(ALARM_WORDS[kind])}
        </p>
      ))}
      {lost && <p className={styles.alarm}>{t("booth.reconnecting")}</p>}
      {stage.phase === "refused" && <p className={styles.alarm}>{t("booth.removed.title")}</p>}
      {(stage.lossOut ?? 0) > LOSSY && <p className={styles.alarm}>{t("booth.lossy")}</p>}
      {deaf && <p className={styles.alarm}>{t("booth.deaf")}</p>}
      {blocked && (
        <p className={styles.alarm} data-grave="">
          {t("booth.blocked")}
        </p>
      )}
      {notice && <p className={styles.notice}>{notice}</p>}
    </div>
  );
}
