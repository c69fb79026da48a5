import { IconCalendarEvent, IconChevronRight, IconPlus } from "@tabler/icons-react";
import { Fragment, useId, useRef, useState } from "react";
import type { Event, Me } from "../api/types";
import { Button } from "../common/Button";
import { Notice } from "../common/Notice";
import { StateTag } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { Engines } from "./engines/Engines";
import { EventForm } from "./EventForm";
import { useFocusNext } from "./hooks/useFocusNext";
import { usePath } from "./hooks/usePath";
import { Link } from "./Link";
import { Members } from "./members/Members";
import { organizes } from "./members/roles";
import styles from "./Organize.module.css";

interface EventsProps {
  me: Me;
  events: Event[];
  onChange: () => Promise<void>;
  /** Whoever looks has another role by now. */
  onMe: () => Promise<void>;
}

export function EventsScreen({ me, events, onChange, onMe }: EventsProps) {
  const { t } = useTexts();
  const { day } = useFormats();
  const { go } = usePath();
  const [adding, setAdding] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const addId = useId();
  const mine = me.organizations.filter(({ role }) => organizes(role));
  const isLive = (event: Event) =>
    event.rooms.some((room) => room.sessions.some((session) => session.state === "live"));

  return (
    <>
      <div className={styles.title}>
        <h1 ref={heading} tabIndex={-1}>
          {t("events.title")}
        </h1>
        {mine.length > 0 && !adding && (
          <Button id={addId} icon={<IconPlus size={20} />} onClick={() => setAdding(true)}>
            {t("events.new")}
          </Button>
        )}
      </div>
      {adding && (
        <EventForm
          organizations={mine}
          onCancel={() => {
            setAdding(false);
            focusNext(addId);
          }}
          onDone={async (event) => {
            await onChange();
            go(event.slug);
          }}
        />
      )}
      {events.length === 0 && !adding && (
        <Notice
          icon={<IconCalendarEvent size={32} />}
          title={t(mine.length > 0 ? "events.empty.title" : "events.closed.title")}
          text={t(mine.length > 0 ? "events.empty.text" : "events.closed.text")}
        />
      )}
      <ul className={styles.list}>
        {events.map((event) => (
          <li key={event.slug}>
            <Link to={[event.slug]} className={styles.item}>
              <span className={styles.names}>
                <strong>
                  <bdi>{event.title}</bdi>
                </strong>
                <span className={styles.soft}>
                  <bdi>{event.organization.name}</bdi>
                  {event.starts_at && (
                    <>
                      {" · "}
                      <bdi>{day(event.starts_at)}</bdi>
                    </>
                  )}
                  {` · ${t("events.rooms", { count: event.rooms.length })}`}
                </span>
              </span>
              {isLive(event) && <StateTag tone="on-air">{t("session.live")}</StateTag>}
              <IconChevronRight size={20} className={styles.arrow} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      {mine.map((organization) => (
        <Fragment key={organization.slug}>
          <Members organization={organization} onYou={onMe} />
          <Engines
            scope={{ kind: "organization", slug: organization.slug }}
            title={t("engines.title.organization", { organization: organization.name })}
            events={events}
          />
        </Fragment>
      ))}
    </>
  );
}
