import { IconZzz } from "@tabler/icons-react";
import type { Session, Status } from "../api/types";
import type { Key } from "../i18n/catalogue";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./Organize.module.css";

interface Resting {
  slot: Key;
  language: string;
  engine: string;
  until: number;
  why: Why;
  serving: string;
}

type Why = Status["floor"]["resting"][number]["why"];

/** Engines that failed and are left alone for a while, and who serves instead. */
export function RestingEngines({ status, session }: { status: Status; session: Session }) {
  const { t } = useTexts();
  const { time } = useFormats();
  const resting = restingOf(status);
  if (session.state !== "live" || resting.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="resting-title">
      <h2 id="resting-title" className={styles.named}>
        <IconZzz size={22} aria-hidden="true" />
        {t("resting.title")}
      </h2>
      <ul className={styles.facts}>
        {resting.map(({ slot, language, engine, until, why, serving }) => (
          <li key={`${slot}/${language}/${engine}`}>
            <strong>
              {t(slot)}
              {language && ` · ${language}`}
            </strong>{" "}
            {t(`resting.${why}`, {
              engine,
              time: time(new Date(until * 1000).toISOString()),
              serving,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Each engine that rests, in the order of the path. */
function restingOf({ floor, translation, channels }: Status): Resting[] {
  const duties = [
    { slot: "trouble.recognise" as const, language: "", duty: floor },
    { slot: "trouble.translate" as const, language: "", duty: translation },
    ...channels.map((channel) => ({
      slot: "trouble.speak" as const,
      language: channel.language.name,
      duty: channel,
    })),
  ];
  return duties.flatMap(({ slot, language, duty }) =>
    duty.resting.map(({ engine, until, why }) => ({
      slot,
      language,
      engine,
      until,
      why,
      serving: duty.engine,
    })),
  );
}
