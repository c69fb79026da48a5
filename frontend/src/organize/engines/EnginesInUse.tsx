import type { ChosenEngines, Event, LanguageEngines } from "../../api/types";
import { useTexts } from "../../i18n/useTexts";
import { Chain } from "./Chain";
import styles from "./Engines.module.css";
import { SLOTS, SLOT_TEXTS } from "./wishes";

const ORIGINS = {
  install: "engines.origin.install",
  organization: "engines.origin.organization",
  event: "engines.origin.event",
} as const;

/** What serves the languages of the sessions that are planned or running, and whose wish it is. */
export function EnginesInUse({
  languages,
  events,
}: {
  languages: readonly LanguageEngines[];
  events: readonly Event[];
}) {
  const { t } = useTexts();
  const several = new Set(languages.map(({ event }) => event)).size > 1;
  return (
    <table className={styles.table}>
      <caption>{t("engines.inUse")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("engines.language")}</th>
          {SLOTS.map((slot) => (
            <th key={slot} scope="col">
              {t(SLOT_TEXTS[slot])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {languages.map((each) => (
          <tr key={`${each.event}/${each.language.tag}`}>
            <th scope="row">
              <bdi lang={each.language.tag} dir={each.language.direction}>
                {each.language.name}
              </bdi>
              {several && (
                <span className={styles.event}>
                  <bdi>{events.find(({ slug }) => slug === each.event)?.title ?? each.event}</bdi>
                </span>
              )}
            </th>
            {SLOTS.map((slot) => (
              <td key={slot} data-label={t(SLOT_TEXTS[slot])}>
                <Serving chosen={each[slot]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Serving({ chosen }: { chosen: ChosenEngines | null }) {
  const { t } = useTexts();
  if (!chosen) return <span className={styles.origin}>{t("engines.needless")}</span>;
  if (chosen.chain.length === 0) return <span>{t("engines.nobody")}</span>;
  return (
    <>
      <Chain names={chosen.chain} />
      <span className={styles.origin}>{t(ORIGINS[chosen.origin])}</span>
    </>
  );
}
