import { IconCalendarOff, IconPlugConnectedX } from "@tabler/icons-react";
import { useState } from "react";
import type { Event } from "../api/types";
import { Button, ButtonLink } from "../common/Button";
import { Notice } from "../common/Notice";
import { usePageTitle } from "../common/usePageTitle";
import { useTexts } from "../i18n/useTexts";
import { useCurrentSession } from "./hooks/useCurrentSession";
import { useEvent } from "./hooks/useEvent";
import { Listener, type Wish } from "./Listener";
import { Output } from "./sound/output";

interface Address {
  eventSlug: string;
  roomSlug: string;
}

/** The page behind the QR code: one room of an event, whatever it is at now. */
export function ListenPage({ eventSlug, roomSlug }: Address) {
  const { t } = useTexts();
  const roomOf = (event: Event | null) =>
    event?.rooms.find((room) => room.slug === roomSlug) ?? null;
  const isLive = (event: Event) => {
    const room = roomOf(event);
    return room?.sessions.find((s) => s.id === room.current_session_id)?.state === "live";
  };
  const { event, problem, refresh } = useEvent(eventSlug, isLive);
  const room = roomOf(event);
  const session = useCurrentSession(room);
  const [wish, setWish] = useState<Wish>({ language: null, sound: true });
  const [output] = useState(() => new Output());
  usePageTitle(room && event ? `${session?.title ?? event.title} · ${room.name}` : t("listen.tab"));

  if (event && room && session) {
    return (
      <Listener
        key={session.id}
        event={event}
        room={room}
        session={session}
        wish={wish}
        output={output}
        onWish={setWish}
        onSessionChanged={refresh}
      />
    );
  }
  if (event && room) {
    return (
      <main data-state="empty">
        <Notice
          whole
          icon={<IconCalendarOff size={32} />}
          title={t("listen.empty.title")}
          text={t("listen.empty.text", { room: room.name })}
        />
      </main>
    );
  }
  if (event || problem === "unknown_event") {
    return (
      <main data-state="missing">
        <Notice
          whole
          icon={<IconCalendarOff size={32} />}
          title={t("listen.missing.title")}
          text={t("listen.missing.text")}
        >
          <ButtonLink href="/" look="plain">
            {t("common.home")}
          </ButtonLink>
        </Notice>
      </main>
    );
  }
  if (problem) {
    return (
      <main data-state="unreachable">
        <Notice
          whole
          icon={<IconPlugConnectedX size={32} />}
          title={t("common.unreachable.title")}
          text={t("common.unreachable.text")}
        >
          <Button onClick={refresh}>{t("common.again")}</Button>
        </Notice>
      </main>
    );
  }
  return (
    <main data-state="loading">
      <Notice whole title={t("common.loading")} />
    </main>
  );
}
