import { IconLock, IconPlugConnectedX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { getMe, listOwnEvents } from "../api/organize";
import type { Me } from "../api/types";
import { Button, ButtonLink } from "../common/Button";
import { Notice } from "../common/Notice";
import { TopBar } from "../common/TopBar";
import { useAsked } from "../common/useAsked";
import { usePageTitle } from "../common/usePageTitle";
import { useTexts } from "../i18n/useTexts";
import { EventScreen } from "./EventScreen";
import { EventsScreen } from "./EventsScreen";
import { FirstOrganization } from "./FirstOrganization";
import { usePath } from "./hooks/usePath";
import styles from "./Organize.module.css";
import { SessionScreen } from "./SessionScreen";

const AGAIN_MS = 10_000;
const ControlRoom = lazy(async () => ({
  default: (await import("../control/ControlRoom")).ControlRoom,
}));

/** The organizer's workplace: events, then one event, then one session. */
export function OrganizePage() {
  const { t } = useTexts();
  const { answer: me, problem, refresh } = useAsked(getMe, null);
  const isWide = usePath().parts[2] === "live";
  usePageTitle(t("organize.tab"));

  return (
    <>
      <TopBar>
        {me?.signed_in && (
          <>
            <span>{me.email}</span>
            <ButtonLink href="/accounts/logout/" look="quiet">
              {t("organize.signOut")}
            </ButtonLink>
          </>
        )}
      </TopBar>
      <main className={styles.main} data-wide={isWide || undefined}>
        {!me && !problem && <p role="status">{t("common.loading")}</p>}
        {!me && problem && (
          <Notice
            icon={<IconPlugConnectedX size={32} />}
            title={t("common.unreachable.title")}
            text={t("common.unreachable.text")}
          >
            <Button onClick={() => void refresh()}>{t("common.again")}</Button>
          </Notice>
        )}
        {me && !me.signed_in && (
          <Notice
            icon={<IconLock size={32} />}
            title={t("organize.signIn.title")}
            text={t("organize.signIn.text")}
          >
            <ButtonLink href={`/accounts/login/?next=${encodeURIComponent(location.pathname)}`}>
              {t("organize.signIn")}
            </ButtonLink>
          </Notice>
        )}
        {me?.signed_in && me.organizations.length === 0 && <FirstOrganization onDone={refresh} />}
        {me?.signed_in && me.organizations.length > 0 && <Screens me={me} onMe={refresh} />}
      </main>
    </>
  );
}

function Screens({ me, onMe }: { me: Me; onMe: () => Promise<void> }) {
  const { t } = useTexts();
  const { parts } = usePath();
  const { answer: events, refresh } = useAsked(listOwnEvents, AGAIN_MS);
  if (!events) return <p role="status">{t("common.loading")}</p>;

  const [slug, sessionId, place] = parts;
  if (slug === undefined)
    return <EventsScreen me={me} events={events} onChange={refresh} onMe={onMe} />;
  const event = events.find((each) => each.slug === slug);
  if (!event) return <Notice title={t("organize.unknown")} />;
  if (sessionId === undefined) return <EventScreen event={event} onChange={refresh} />;
  for (const room of event.rooms) {
    const session = room.sessions.find((each) => each.id === sessionId);
    if (session && place === "live") {
      return (
        <Suspense fallback={<p role="status">{t("common.loading")}</p>}>
          <ControlRoom key={session.id} event={event} room={room} known={session} />
        </Suspense>
      );
    }
    if (session) {
      return (
        <SessionScreen
          key={session.id}
          event={event}
          room={room}
          known={session}
          onChange={refresh}
        />
      );
    }
  }
  return <Notice title={t("organize.unknown")} />;
}
