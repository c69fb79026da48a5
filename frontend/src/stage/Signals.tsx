import { IconAlertTriangle, IconMoodSad } from "@tabler/icons-react";
import type { Session } from "../api/types";
import type { Signal } from "../common/captions/messages";
import { useTexts } from "../i18n/useTexts";
import type { BroadcastState } from "./broadcast";
import styles from "./Stage.module.css";

interface SignalsProps {
  signals: BroadcastState["signals"];
  session: Session;
  nowMs: number;
}

const KINDS: readonly Signal["kind"][] = ["slow_down", "sound_unfit"];

/** What the interpreters ask of the speaker: large, and only as long as they ask for it. */
export function Signals({ signals, session, nowMs }: SignalsProps) {
  const { t } = useTexts();
  const now = Object.values(signals).filter(({ untilMs }) => untilMs > nowMs);
  const nameOf = (tag: string) =>
    session.channels.find(({ language }) => language.tag === tag)?.language.name ?? tag;
  return (
    <div role="alert" className={styles.signals}>
      {KINDS.map((kind) => {
        const from = now.filter((signal) => signal.kind === kind);
        if (from.length === 0) return null;
        return (
          <p key={kind} className={styles.signal} data-signal={kind}>
            {kind === "slow_down" ? (
              <IconAlertTriangle size={32} aria-hidden="true" />
            ) : (
              <IconMoodSad size={32} aria-hidden="true" />
            )}
            <span>
              <strong>{t(`signal.${kind}`)}</strong>
              {t("signal.from", {
                languages: from.map(({ language }) => nameOf(language)).join(", "),
              })}
            </span>
          </p>
        );
      })}
    </div>
  );
}
