import { IconAlertTriangle } from "@tabler/icons-react";
import type { Session, Trouble } from "../api/types";
import { useTexts } from "../i18n/useTexts";
import type { Key } from "../i18n/catalogue";
import styles from "./Organize.module.css";

const STAGES: Record<string, Key> = {
  place: "trouble.place",
  listen: "trouble.listen",
  recognise: "trouble.recognise",
  translate: "trouble.translate",
  speak: "trouble.speak",
  publish: "trouble.publish",
};

/** What is broken now, where, and in words. */
export function Troubles({ troubles, session }: { troubles: Trouble[]; session: Session }) {
  const { t } = useTexts();
  const nameOf = (tag: string) =>
    session.channels.find(({ language }) => language.tag === tag)?.language.name ?? tag;
  if (troubles.length === 0) return null;
  return (
    <section className={styles.troubles} aria-labelledby="troubles-title">
      <h2 id="troubles-title">
        <IconAlertTriangle size={22} aria-hidden="true" />
        {t("trouble.title", { count: troubles.length })}
      </h2>
      <ul>
        {troubles.map((trouble) => {
          const stage = STAGES[trouble.stage];
          return (
            <li key={`${trouble.stage}/${trouble.language}`}>
              <strong>
                {stage ? t(stage) : trouble.stage}
                {trouble.language && ` · ${nameOf(trouble.language)}`}
              </strong>{" "}
              <span dir="auto">
                {trouble.stage === "place" ? t("trouble.place.text") : trouble.message}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
