import { TextInput } from "@mantine/core";
import { IconArrowLeft, IconDoor, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useId, useRef, useState, type SubmitEvent } from "react";
import { createRoom, deleteEvent } from "../api/organize";
import type { Event } from "../api/types";
import { Button } from "../common/Button";
import { Notice } from "../common/Notice";
import { useTexts } from "../i18n/useTexts";
import { Confirm } from "./Confirm";
import { Engines } from "./engines/Engines";
import { Voices } from "./engines/Voices";
import { EventForm } from "./EventForm";
import { Glossary } from "./glossary/Glossary";
import { useAction } from "./hooks/useAction";
import { useFocusNext } from "./hooks/useFocusNext";
import { usePath } from "./hooks/usePath";
import { Link } from "./Link";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";
import { RoomCard } from "./RoomCard";

interface EventProps {
  event: Event;
  onChange: () => Promise<void>;
}

/** Setting up: the rooms of an event, their agenda, its glossary, its engines and their voices. */
export function EventScreen({ event, onChange }: EventProps) {
  const { t } = useTexts();
  const { go } = usePath();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const editId = useId();

  const edited = () => {
    setEditing(false);
    focusNext(editId);
  };
  const remove = async () => {
    await deleteEvent(event.slug);
    await onChange();
    go();
  };

  return (
    <>
      <Link to={[]} className={styles.backLink}>
        <IconArrowLeft size={18} className={styles.arrow} aria-hidden="true" />
        {t("events.title")}
      </Link>
      <div className={styles.title}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{event.title}</bdi>
          </h1>
          <p className={styles.soft}>{event.organization.name}</p>
        </div>
        <div className={styles.actions}>
          <Button
            id={editId}
            look="plain"
            icon={<IconPencil size={18} />}
            onClick={() => setEditing(true)}
          >
            {t("event.edit")}
          </Button>
          <Button
            look="plain"
            round
            aria-label={t("event.delete")}
            icon={<IconTrash size={18} />}
            onClick={() => setDeleting(true)}
          />
        </div>
      </div>
      {editing ? (
        <EventForm
          organizations={[]}
          event={event}
          onCancel={edited}
          onDone={async () => {
            await onChange();
            edited();
          }}
        />
      ) : (
        event.description && (
          <p className={styles.description}>
            <bdi>{event.description}</bdi>
          </p>
        )
      )}
      {event.rooms.length === 0 && (
        <Notice
          icon={<IconDoor size={32} />}
          title={t("rooms.empty.title")}
          text={t("rooms.empty.text")}
        />
      )}
      {event.rooms.map((room) => (
        <RoomCard key={room.slug} event={event} room={room} onChange={onChange} />
      ))}
      <NewRoom slug={event.slug} onDone={onChange} />
      <Glossary key={event.slug} event={event} />
      <Engines
        key={`engines/${event.slug}`}
        scope={{ kind: "event", slug: event.slug }}
        title={t("engines.title")}
        events={[event]}
      />
      <Voices key={`voices/${event.slug}`} event={event.slug} />
      <Confirm
        open={deleting}
        title={t("event.delete.title", { title: event.title })}
        text={t("event.delete.text")}
        action={t("event.delete")}
        onConfirm={remove}
        onClose={() => setDeleting(false)}
      />
    </>
  );
}

function NewRoom({ slug, onDone }: { slug: string; onDone: () => Promise<void> }) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const [name, setName] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(await run(() => createRoom(slug, name)))) return;
    setName("");
    await onDone();
  };
  return (
    <form className={styles.card} onSubmit={(event) => void submit(event)}>
      <div className={styles.inline}>
        <TextInput
          size="md"
          required
          label={t("rooms.new")}
          placeholder={t("rooms.example")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" look="plain" icon={<IconPlus size={20} />} busy={busy}>
          {t("rooms.add")}
        </Button>
      </div>
      <Problem text={problem} />
    </form>
  );
}
