import { TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { renameRoom } from "../api/organize";
import type { Event, Room } from "../api/types";
import { useTexts } from "../i18n/useTexts";
import { FormEnd } from "./FormEnd";
import { useAction } from "./hooks/useAction";
import { useFocusFirst } from "./hooks/useFocusFirst";
import styles from "./Organize.module.css";

interface RoomFormProps {
  event: Event;
  room: Room;
  onCancel: () => void;
  onDone: () => Promise<void>;
}

/** Another name for a room; its address stays. */
export function RoomForm({ event, room, onCancel, onDone }: RoomFormProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const form = useFocusFirst();
  const [name, setName] = useState(room.name);
  const submit = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    if (await run(() => renameRoom(event.slug, room.slug, name))) await onDone();
  };
  return (
    <form ref={form} className={styles.renaming} onSubmit={(submitted) => void submit(submitted)}>
      <TextInput
        size="md"
        required
        label={t("rooms.name")}
        value={name}
        onChange={(change) => setName(change.currentTarget.value)}
      />
      <FormEnd busy={busy} problem={problem} onCancel={onCancel} />
    </form>
  );
}
