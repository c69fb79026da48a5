import { MultiSelect, Select, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { createSession, getLanguages } from "../api/organize";
import type { Event, LanguageTargets, Room } from "../api/types";
import { useAsked } from "../common/useAsked";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { FormEnd } from "./FormEnd";
import { useAction } from "./hooks/useAction";
import { fromLocal } from "./localTime";
import styles from "./Organize.module.css";

interface SessionFormProps {
  event: Event;
  room: Room;
  onCancel: () => void;
  onDone: () => Promise<void>;
}

/** A new session. Only languages that can be interpreted from the chosen one are offered. */
export function SessionForm({ event, room, onCancel, onDone }: SessionFormProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { run, busy, problem } = useAction();
  const { answer: all } = useAsked(() => getLanguages(event.slug), null);
  const [title, setTitle] = useState("");
  const [source, setSource] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string[]>([]);
  const [startsAt, setStartsAt] = useState("");

  const sources = (all ?? []).filter((language) => language.targets.length > 0);
  const spoken = sources.find(({ tag }) => tag === source) ?? sources[0];
  const targets = (all ?? []).filter(({ tag }) => spoken?.targets.includes(tag));
  const option = (each: LanguageTargets) => ({ value: each.tag, label: languageLabel(each) });

  const submit = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    if (!spoken) return;
    const body = {
      title,
      source_language: spoken.tag,
      languages: wanted.filter((tag) => spoken.targets.includes(tag)),
      starts_at: fromLocal(startsAt),
    };
    if (await run(() => createSession(event.slug, room.slug, body))) await onDone();
  };

  return (
    <form className={styles.inner} onSubmit={(submitted) => void submit(submitted)}>
      <h3>{t("sessions.new")}</h3>
      <TextInput
        size="md"
        required
        label={t("sessions.title")}
        value={title}
        onChange={(change) => setTitle(change.currentTarget.value)}
      />
      <div className={styles.pair}>
        <Select
          size="md"
          label={t("sessions.source")}
          data={sources.map(option)}
          value={spoken?.tag ?? null}
          onChange={setSource}
          allowDeselect={false}
        />
        <TextInput
          size="md"
          type="datetime-local"
          label={t("sessions.startsAt")}
          value={startsAt}
          onChange={(change) => setStartsAt(change.currentTarget.value)}
        />
      </div>
      <MultiSelect
        size="md"
        searchable
        label={t("sessions.targets")}
        description={t("sessions.targets.hint")}
        nothingFoundMessage={t("sessions.targets.none")}
        data={targets.map(option)}
        value={wanted.filter((tag) => spoken?.targets.includes(tag))}
        onChange={setWanted}
      />
      <FormEnd
        save={t("sessions.create")}
        busy={busy}
        problem={problem}
        disabled={!spoken}
        onCancel={onCancel}
      />
    </form>
  );
}
