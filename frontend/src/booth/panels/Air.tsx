import type { BoothConsole } from "../../api/types";
import { StateTag } from "../../common/StateTag";
import { formatDuration } from "../../common/duration";
import { useTexts } from "../../i18n/useTexts";
import type { ConsoleState } from "../hooks/useConsole";
import { AIR_WORDS, MICROPHONE_WORDS, PARTNER_WORDS } from "../words";
import styles from "./Air.module.css";

/** Who is on air, and the own microphone, in words that are read from the corner of an eye. */
export function Air({ booth, known }: { booth: ConsoleState; known: BoothConsole }) {
  const { t, language } = useTexts();
  const { air, mic, turn, changedS, partner, partnerState, double, meId } = booth;
  const microphone = MICROPHONE_WORDS[mic];
  const state = partnerState && PARTNER_WORDS[partnerState];

  return (
    <header className={styles.bar} data-air={air}>
      <p className={styles.place}>
        <strong>
          <bdi>{known.booth_name}</bdi>
        </strong>
        <span>
          <bdi>{booth.session.title}</bdi>
        </span>
        {booth.retour && (
          <StateTag tone="attention">
            {t("retour.on", { language: booth.session.source_language.name })}
          </StateTag>
        )}
      </p>
      <p className={styles.air}>
        <svg viewBox="0 0 24 24" width="36" height="36" aria-hidden="true">
          {air === "me" ? (
            <circle cx="12" cy="12" r="11" fill="currentColor" />
          ) : (
            <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="2.5" />
          )}
        </svg>
        {t(AIR_WORDS[air])}
        {changedS !== null && (
          <span className={styles.since}>{formatDuration(changedS, language)}</span>
        )}
        {air === "me" && mic !== "open" && <span> · {t(microphone.text)}</span>}
      </p>
      <div className={styles.end}>
        <p className={styles.microphone} data-microphone={mic}>
          {t(microphone.text)}
        </p>
        {partner && state && (
          <p>
            <bdi>{partner.name}</bdi> <StateTag tone={state.tone}>{t(state.text)}</StateTag>
          </p>
        )}
        {turn && (
          <p className={styles.turn} data-over={(turn.over && turn.who === meId) || undefined}>
            {t(turn.who === meId ? "turn.mine" : "turn.partner", {
              elapsed: formatDuration(turn.elapsedS, language),
              of: formatDuration(turn.ofS, language),
            })}
          </p>
        )}
      </div>
      {double && <p className={styles.double}>{t("alarm.double_microphone")}</p>}
      <p className="only-read-aloud" role="status" aria-live="assertive">
        {t(AIR_WORDS[air])}. {t(microphone.text)}. {double && t("alarm.double_microphone")}
      </p>
    </header>
  );
}
