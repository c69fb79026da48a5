import { Select, Textarea, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { changeEvent, createEvent } from "../api/organize";
import type { Event, Me } from "../api/types";
import { CheckBox } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import { FormEnd } from "./FormEnd";
import { useAction } from "./hooks/useAction";
import { useFocusFirst } from "./hooks/useFocusFirst";
import { fromLocal, toLocal } from "./localTime";
import styles from "./Organize.module.css";

interface EventFormProps {
  organizations: Me["organizations"];
  /** The event to change; none: a new one. */
  event?: Event;
  onCancel: () => void;
  onDone: (event: Event) => Promise<void>;
}

export function EventForm({ organizations, event, onCancel, onDone }: EventFormProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const form = useFocusFirst();
  const [organization, setOrganization] = useState(organizations[0]?.slug ?? "");
  const [title, setTitle] = useState(event?.title ?? "");
  const [description, setDescription] = useState(event?.description ?? "");
  const [startsAt, setStartsAt] = useState(toLocal(event?.starts_at));
  const [endsAt, setEndsAt] = useState(toLocal(event?.ends_at));
  const [listed, setListed] = useState(event?.listed ?? true);

  const save = () => {
    const body = {
      title,
      description,
      starts_at: fromLocal(startsAt),
      ends_at: fromLocal(endsAt),
      listed,
    };
    return event ? changeEvent(event.slug, body) : createEvent({ organization, ...body });
  };
  const submit = (submitted: SubmitEvent) => {
    submitted.preventDefault();
    void run(async () => onDone(await save()));
  };

  return (
    <form ref={form} className={styles.card} onSubmit={submit}>
      <h2>{event ? t("event.edit") : t("events.new")}</h2>
      {!event && organizations.length > 1 && (
        <Select
          size="md"
          label={t("event.organization")}
          data={organizations.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={organization}
          onChange={(slug) => setOrganization(slug ?? "")}
          allowDeselect={false}
        />
      )}
      <TextInput
        size="md"
        required
        label={t("event.title")}
        value={title}
        onChange={(change) => setTitle(change.currentTarget.value)}
      />
      <Textarea
        size="md"
        autosize
        minRows={2}
        label={t("event.description")}
        value={description}
        onChange={(change) => setDescription(change.currentTarget.value)}
      />
      <div className={styles.pair}>
        <TextInput
          size="md"
          type="datetime-local"
          label={t("event.startsAt")}
          value={startsAt}
          onChange={(change) => setStartsAt(change.currentTarget.value)}
        />
        <TextInput
          size="md"
          type="datetime-local"
          label={t("event.endsAt")}
          value={endsAt}
          onChange={(change) => setEndsAt(change.currentTarget.value)}
        />
      </div>
      <CheckBox
        label={t("event.listed")}
        hint={t("event.listed.hint")}
        checked={listed}
        onChange={setListed}
      />
      <FormEnd
        save={event ? t("common.save") : t("events.create")}
        busy={busy}
        problem={problem}
        onCancel={onCancel}
      />
    </form>
  );
}
