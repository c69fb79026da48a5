import {
  IconArrowLeft,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconQrcode,
  IconTrash,
} from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { deleteSession, endSession, getStatus, pauseSession, startSession } from "../api/organize";
import type { Event, Room, Session } from "../api/types";
import { Button, ButtonLink } from "../common/Button";
import { SessionTag } from "../common/SessionTag";
import { ShareSheet } from "../common/ShareSheet";
import { useAsked } from "../common/useAsked";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { Channels } from "./Channels";
import { Confirm } from "./Confirm";
import { FloorCard } from "./FloorCard";
import { useAction } from "./hooks/useAction";
import { useFocusNext } from "./hooks/useFocusNext";
import { usePath } from "./hooks/usePath";
import { Invitations } from "./Invitations";
import { Link } from "./Link";
import { listeningAddress } from "./listeningAddress";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";
import { RestingEngines } from "./RestingEngines";
import { SessionForm } from "./SessionForm";
import { Troubles } from "./Troubles";

const LOOK_MS = 2000;

interface SessionProps {
  event: Event;
  room: Room;
  known: Session;
  onChange: () => Promise<void>;
}

/** The control room of one session. */
export function SessionScreen({ event, room, known, onChange }: SessionProps) {
  const { t } = useTexts();
  const { time } = useFormats();
  const { go } = usePath();
  const { answer: status, problem: deaf, refresh } = useAsked(() => getStatus(known.id), LOOK_MS);
  const { run, busy, problem } = useAction();
  const [sharing, setSharing] = useState(false);
  const [ending, setEnding] = useState(false);
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const editId = useId();
  const session = status?.session ?? known;

  const lookAgain = () => Promise.all([refresh(), onChange()]);
  const act = async (action: () => Promise<unknown>) => {
    const done = await run(action);
    await lookAgain();
    return done;
  };
  const edited = () => {
    setEditing(false);
    focusNext(editId);
  };

  return (
    <>
      <Link to={[event.slug]} className={styles.backLink}>
        <IconArrowLeft size={18} className={styles.arrow} aria-hidden="true" />
        {event.title}
      </Link>
      <div className={styles.title}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{session.title}</bdi>
          </h1>
          <p className={styles.soft}>
            <bdi>{room.name}</bdi>
            {session.starts_at && (
              <>
                {" · "}
                <bdi>{time(session.starts_at)}</bdi>
              </>
            )}
          </p>
        </div>
        <div className={styles.actions}>
          <SessionTag state={session.state} />
          {!editing && (
            <Button
              id={editId}
              look="plain"
              icon={<IconPencil size={18} />}
              onClick={() => setEditing(true)}
            >
              {t("sessions.edit")}
            </Button>
          )}
          {session.started_at === null && (
            <Button
              look="plain"
              round
              aria-label={t("sessions.delete")}
              icon={<IconTrash size={18} />}
              onClick={() => setDeleting(true)}
            />
          )}
        </div>
      </div>
      {editing && (
        <SessionForm
          event={event}
          room={room}
          session={session}
          onCancel={edited}
          onDone={async () => {
            await lookAgain();
            edited();
          }}
        />
      )}
      <div className={styles.actions}>
        {(session.state === "planned" || session.state === "paused") && (
          <Button
            icon={<IconPlayerPlay size={20} />}
            busy={busy}
            onClick={() => void act(() => startSession(session.id))}
          >
            {session.state === "planned" ? t("session.start") : t("session.resume")}
          </Button>
        )}
        {session.state === "ended" && (
          <Button
            look="plain"
            icon={<IconPlayerPlay size={20} />}
            busy={busy}
            onClick={() => void act(() => startSession(session.id))}
          >
            {t("session.reopen")}
          </Button>
        )}
        {session.state === "live" && (
          <Button
            look="plain"
            icon={<IconPlayerPause size={20} />}
            busy={busy}
            onClick={() => void act(() => pauseSession(session.id))}
          >
            {t("session.pause")}
          </Button>
        )}
        {(session.state === "live" || session.state === "paused") && (
          <Button look="grave" busy={busy} onClick={() => setEnding(true)}>
            {t("session.end")}
          </Button>
        )}
        <Link to={[event.slug, session.id, "live"]} className={styles.control}>
          {t("control.title")}
        </Link>
        <Button look="plain" icon={<IconQrcode size={20} />} onClick={() => setSharing(true)}>
          {t("rooms.link")}
        </Button>
        <ButtonLink look="quiet" href={listeningAddress(event, room)}>
          {t("rooms.open")}
        </ButtonLink>
      </div>
      <Problem text={problem} />
      <Problem text={deaf ? t("error.noStatus") : null} />
      {status && <Troubles troubles={status.troubles} session={session} />}
      {status && <RestingEngines status={status} session={session} />}
      {status && <FloorCard floor={status.floor} session={session} />}
      <Channels event={event} session={session} channels={status?.channels ?? []} act={act} />
      <Invitations session={session} />
      <ShareSheet
        title={`${session.title} · ${room.name}`}
        address={listeningAddress(event, room)}
        open={sharing}
        onClose={() => setSharing(false)}
      />
      <Confirm
        open={ending}
        title={t("session.end.title")}
        text={t("session.end.text")}
        action={t("session.end")}
        onConfirm={async () => {
          await endSession(session.id);
          await lookAgain();
          setEnding(false);
          focusNext();
        }}
        onClose={() => setEnding(false)}
      />
      <Confirm
        open={deleting}
        title={t("sessions.delete.title", { title: session.title })}
        text={t("sessions.delete.text")}
        action={t("sessions.delete")}
        onConfirm={async () => {
          await deleteSession(session.id);
          await onChange();
          go(event.slug);
        }}
        onClose={() => setDeleting(false)}
      />
    </>
  );
}
