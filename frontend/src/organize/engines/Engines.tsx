import { IconPlus } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { readEngines, wishEngines, type Scope } from "../../api/engines";
import type { EngineWish, Event } from "../../api/types";
import { Button } from "../../common/Button";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { useAction } from "../hooks/useAction";
import { useFocusNext } from "../hooks/useFocusNext";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import styles from "./Engines.module.css";
import { EnginesInUse } from "./EnginesInUse";
import { NotRead } from "./NotRead";
import { WishForm } from "./WishForm";
import { isSame, sorted, wishId, withWish } from "./wishes";
import { WishRow } from "./WishRow";

const NEW = "new";

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
  const { run, busy, problem } = useAction();
  const { answer: engines, problem: unread, refresh } = useAsked(() => readEngines(scope), null);
  const [open, setOpen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const titleId = useId();
  const addId = useId();
  const wishes = sorted(engines?.wishes ?? []);
  const nameOf = ({ language }: EngineWish) =>
    language === "" ? t("engines.all") : languageName(language);

  const close = (focus: string) => {
    setOpen(null);
    focusNext(focus);
  };
  const save = async (wish: EngineWish, before: EngineWish | null) => {
    await wishEngines(scope, withWish(wishes, wish, before));
    await refresh();
    close(before ? wishId(wish) : addId);
  };
  const remove = (wish: EngineWish) =>
    run(async () => {
      await wishEngines(
        scope,
        wishes.filter((each) => !isSame(each, wish)),
      );
      await refresh();
      focusNext();
    });

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <div className={page.title}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {engines && open !== NEW && (
          <Button
            id={addId}
            look="plain"
            icon={<IconPlus size={20} />}
            disabled={open !== null}
            onClick={() => setOpen(NEW)}
          >
            {t("engines.add")}
          </Button>
        )}
      </div>
      <p className={page.soft}>{t("engines.text")}</p>
      {!engines && <NotRead failed={Boolean(unread)} onAgain={() => void refresh()} />}
      {engines && open === NEW && (
        <WishForm
          title={t("engines.add")}
          wish={null}
          wishes={wishes}
          known={engines.known}
          onSave={(wish) => save(wish, null)}
          onCancel={() => close(addId)}
        />
      )}
      <Problem text={problem} />
      {engines && wishes.length > 0 && (
        <ul className={styles.wishes}>
          {wishes.map((wish) => (
            <WishRow
              key={wishId(wish)}
              wish={wish}
              languageName={nameOf(wish)}
              locked={busy || open !== null}
              onEdit={() => setOpen(wishId(wish))}
              onRemove={() => void remove(wish)}
            >
              {open === wishId(wish) && (
                <WishForm
                  title={t("engines.edit")}
                  wish={wish}
                  wishes={wishes}
                  known={engines.known}
                  onSave={(changed) => save(changed, wish)}
                  onCancel={() => close(wishId(wish))}
                />
              )}
            </WishRow>
          ))}
        </ul>
      )}
      {engines && wishes.length === 0 && open === null && (
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
