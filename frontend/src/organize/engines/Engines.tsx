import { IconPlus } from "@tabler/icons-react";
import { useId, useRef } from "react";
import { readEngines, wishEngines, type Scope } from "../../api/engines";
import type { EngineWish, Event } from "../../api/types";
import { Button } from "../../common/Button";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { useChoices } from "../hooks/useChoices";
import { NotRead } from "../NotRead";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import styles from "./Engines.module.css";
import { EnginesInUse } from "./EnginesInUse";
import { WishForm } from "./WishForm";
import { sorted, wishId } from "./wishes";
import { WishRow } from "./WishRow";

interface EnginesProps {
  scope: Scope;
  title: string;
  /** Those that the scope speaks of, and perhaps others. */
  events: readonly Event[];
}

/** Which engines serve an event, or all events of an organization. */
export function Engines({ scope, title, events }: EnginesProps) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const { answer: engines, problem: unread, refresh } = useAsked(() => readEngines(scope), null);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const wishes = sorted(engines?.wishes ?? []);
  const choices = useChoices({
    choices: wishes,
    idOf: wishId,
    put: async (all) => {
      await wishEngines(scope, all);
      await refresh();
    },
    heading,
  });
  const nameOf = ({ language }: EngineWish) =>
    language === "" ? t("engines.all") : languageName(language);

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <div className={page.title}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {engines && !choices.adding && (
          <Button
            id={choices.addId}
            look="plain"
            icon={<IconPlus size={20} />}
            disabled={choices.locked}
            onClick={choices.add}
          >
            {t("engines.add")}
          </Button>
        )}
      </div>
      <p className={page.soft}>{t("engines.text")}</p>
      {!engines && <NotRead failed={Boolean(unread)} onAgain={() => void refresh()} />}
      {engines && choices.adding && (
        <WishForm
          title={t("engines.add")}
          wishes={wishes}
          known={engines.known}
          onSave={(wish) => choices.save(wish)}
          onCancel={() => choices.close()}
        />
      )}
      <Problem text={choices.problem} />
      {engines && wishes.length > 0 && (
        <ul className={styles.wishes}>
          {wishes.map((wish) => (
            <WishRow
              key={wishId(wish)}
              wish={wish}
              languageName={nameOf(wish)}
              locked={choices.locked}
              onEdit={() => choices.edit(wish)}
              onRemove={() => choices.remove(wish)}
            >
              {choices.edits(wish) && (
                <WishForm
                  title={t("engines.edit")}
                  wish={wish}
                  wishes={wishes}
                  known={engines.known}
                  onSave={(changed) => choices.save(changed, wish)}
                  onCancel={() => choices.close(wishId(wish))}
                />
              )}
            </WishRow>
          ))}
        </ul>
      )}
      {engines && wishes.length === 0 && !choices.locked && (
        <p role="status" className={page.soft}>
          {t("engines.none")}
        </p>
      )}
      {engines && engines.languages.length > 0 && (
        <EnginesInUse languages={engines.languages} events={events} />
      )}
    </section>
  );
}
