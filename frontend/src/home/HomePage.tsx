import { IconCalendarEvent, IconChevronRight, IconPlugConnectedX } from "@tabler/icons-react";
import { listEvents } from "../api/events";
import type { EventLine } from "../api/types";
import { Button, ButtonLink } from "../common/Button";
import { Notice } from "../common/Notice";
import { StateTag } from "../common/StateTag";
import { TopBar } from "../common/TopBar";
import { useAsked } from "../common/useAsked";
import { usePageTitle } from "../common/usePageTitle";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./HomePage.module.css";
import { liveFirst } from "./liveFirst";
import { RoomChoice } from "./RoomChoice";

const AGAIN_MS = 15_000;

/** Every public event, the ones on air first. `#<event>` opens that event's rooms. */
export function HomePage() {
  const { t } = useTexts();
  const { answer: events, problem, refresh } = useAsked(listEvents, AGAIN_MS);
  usePageTitle(t("home.tab"));

  return (
    <>
      <TopBar>
        <ButtonLink href="/organize" look="quiet">
          {t("home.organize")}
        </ButtonLink>
      </TopBar>
      <main className={styles.main}>
        <div className={styles.hero}>
          <h1>{t("home.title")}</h1>
          <p>{t("home.subtitle")}</p>
        </div>
        {events && events.length > 0 && <EventList events={liveFirst(events)} />}
        {events?.length === 0 && (
          <Notice
            icon={<IconCalendarEvent size={32} />}
            title={t("home.empty.title")}
            text={t("home.empty.text")}
          >
            <ButtonLink href="/organize">{t("home.organize")}</ButtonLink>
          </Notice>
        )}
        {!events && problem && (
          <Notice
            icon={<IconPlugConnectedX size={32} />}
            title={t("common.unreachable.title")}
            text={t("common.unreachable.text")}
          >
            <Button onClick={() => void refresh()}>{t("common.again")}</Button>
          </Notice>
        )}
        {!events && !problem && <p role="status">{t("common.loading")}</p>}
      </main>
    </>
  );
}

function EventList({ events }: { events: EventLine[] }) {
  const { t } = useTexts();
  const { day } = useFormats();
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <li key={event.slug} className={styles.event}>
          <details name="event" open={location.hash === `#${event.slug}`}>
            <summary>
              <span className={styles.names}>
                <span className={styles.title}>
                  <bdi>{event.title}</bdi>
                </span>
                <span className={styles.by}>
                  {event.organization.name}
                  {event.starts_at && ` · ${day(event.starts_at)}`}
                </span>
              </span>
              {event.live && <StateTag tone="on-air">{t("session.live")}</StateTag>}
              <IconChevronRight className={styles.arrow} size={20} aria-hidden="true" />
            </summary>
            <RoomChoice slug={event.slug} />
          </details>
        </li>
      ))}
    </ul>
  );
}
