import type { Session, Status } from "../api/types";
import { StateTag } from "../common/StateTag";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";

/** The floor: who speaks, and whether anybody is working on it. */
export function FloorCard({ floor, session }: { floor: Status["floor"]; session: Session }) {
  const { t } = useTexts();
  const isLive = session.state === "live";
  return (
    <section className={styles.card}>
      <div className={styles.title}>
        <h2>
          {t("floor.title")} <span className={styles.soft}>{session.source_language.name}</span>
        </h2>
        {isLive && !floor.owned && <StateTag tone="attention">{t("floor.unowned")}</StateTag>}
        {isLive && floor.owned && (
          <StateTag tone={floor.speaking ? "ready" : "calm"}>
            {floor.speaking ? t("floor.speaking") : t("floor.silent")}
          </StateTag>
        )}
      </div>
      <p className={styles.soft}>
        {t("floor.speakers", { count: floor.speakers })}
        {typeof floor.level_db === "number" &&
          ` · ${t("floor.level", { level: Math.round(floor.level_db) })}`}
        {isLive && floor.engine && ` · ${t("floor.engine", { engine: floor.engine })}`}
      </p>
    </section>
  );
}
