import { IconChevronRight, IconPencil, IconPlus, IconQrcode, IconTrash } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { deleteRoom } from "../api/organize";
import type { Event, Room } from "../api/types";
import { Button } from "../common/Button";
import { SessionTag } from "../common/SessionTag";
import { ShareSheet } from "../common/ShareSheet";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { Confirm } from "./Confirm";
import { useFocusNext } from "./hooks/useFocusNext";
import { Link } from "./Link";
import { listeningAddress } from "./listeningAddress";
import styles from "./Organize.module.css";
import { RoomForm } from "./RoomForm";
import { SessionForm } from "./SessionForm";

interface RoomProps {
  event: Event;
  room: Room;
  onChange: () => Promise<void>;
}

/** A room, its sessions, and the address its listeners open. */
export function RoomCard({ event, room, onChange }: RoomProps) {
  const { t } = useTexts();
  const { time } = useFormats();
  const [adding, setAdding] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const renameId = useId();
  const addId = useId();
  const isUnused = room.sessions.every(({ started_at }) => started_at === null);
  const renamed = () => {
    setRenaming(false);
    focusNext(renameId);
  };
  const added = () => {
    setAdding(false);
    focusNext(addId);
  };

  return (
    <section className={styles.card}>
      <div className={styles.title}>
        {renaming ? (
          <RoomForm
            event={event}
            room={room}
            onCancel={renamed}
            onDone={async () => {
              await onChange();
              renamed();
            }}
          />
        ) : (
          <div className={styles.named}>
            <h2 ref={heading} tabIndex={-1}>
              <bdi>{room.name}</bdi>
            </h2>
            <div className={styles.rowButtons}>
              <Button
                id={renameId}
                look="quiet"
                round
                aria-label={t("rooms.edit", { name: room.name })}
                icon={<IconPencil size={18} />}
                onClick={() => setRenaming(true)}
              />
              {isUnused && (
                <Button
                  look="quiet"
                  round
                  aria-label={t("rooms.delete", { name: room.name })}
                  icon={<IconTrash size={18} />}
                  onClick={() => setDeleting(true)}
                />
              )}
            </div>
          </div>
        )}
        <div className={styles.actions}>
          <Button look="plain" icon={<IconQrcode size={20} />} onClick={() => setSharing(true)}>
            {t("rooms.link")}
          </Button>
          {!adding && (
            <Button
              id={addId}
              look="plain"
              icon={<IconPlus size={20} />}
              onClick={() => setAdding(true)}
            >
              {t("sessions.new")}
            </Button>
          )}
        </div>
      </div>
      {room.sessions.length === 0 && !adding && (
        <p className={styles.soft}>{t("sessions.empty")}</p>
      )}
      <ul className={styles.list}>
        {room.sessions.map((session) => (
          <li key={session.id}>
            <Link to={[event.slug, session.id]} className={styles.item}>
              <span className={styles.names}>
                <strong>
                  <bdi>{session.title}</bdi>
                </strong>
                <span className={styles.soft}>
                  {session.starts_at && (
                    <>
                      <bdi>{time(session.starts_at)}</bdi>
                      {" · "}
                    </>
                  )}
                  {session.channels.map(({ language }) => language.name).join(", ")}
                </span>
              </span>
              <SessionTag state={session.state} />
              <IconChevronRight size={20} className={styles.arrow} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      {adding && (
        <SessionForm
          event={event}
          room={room}
          onCancel={added}
          onDone={async () => {
            await onChange();
            added();
          }}
        />
      )}
      <Confirm
        open={deleting}
        title={t("rooms.delete.title", { name: room.name })}
        text={t("rooms.delete.text")}
        action={t("rooms.delete", { name: room.name })}
        onConfirm={async () => {
          await deleteRoom(event.slug, room.slug);
          await onChange();
        }}
        onClose={() => setDeleting(false)}
      />
      <ShareSheet
        title={`${event.title} · ${room.name}`}
        address={listeningAddress(event, room)}
        open={sharing}
        onClose={() => setSharing(false)}
      />
    </section>
  );
}
