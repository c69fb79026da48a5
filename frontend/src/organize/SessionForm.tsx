import { MultiSelect, Select, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { changeSession, createSession, getLanguages } from "../api/organize";
import type { Event, LanguageTargets, Room, Session } from "../api/types";
import { useAsked } from "../common/useAsked";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { FormEnd } from "./FormEnd";
import { useAction } from "./hooks/useAction";
import { useFocusFirst } from "./hooks/useFocusFirst";
import { fromLocal, toLocal } from "./localTime";
import { NotRead } from "./NotRead";
import styles from "./Organize.module.css";

interface SessionFormProps {
  event: Event;
  room: Room;
  /** The session to change; none: a new one. Its languages are changed where its channels are. */
  session?: Session;
  onCancel: () => void;
  onDone: () => Promise<void>;
}

/** Only languages that can be interpreted from the chosen one are offered. */
export function SessionForm({ event, room, session, onCancel, onDone }: SessionFormProps) {
  const { t } = useTexts();
  const { languageLabel } = useFormats();
  const { run, busy, problem } = useAction();
  const { answer: all, problem: unread, refresh } = useAsked(() => getLanguages(event.slug), null);
  const form = useFocusFirst();
  const [title, setTitle] = useState(session?.title ?? "");
  const [source, setSource] = useState<string | null>(session?.source_language.tag ?? null);
  const [wanted, setWanted] = useState<string[]>([]);
  const [startsAt, setStartsAt] = useState(toLocal(session?.starts_at));
  const wasOn = session !== undefined && session.started_at !== null;

  const own = session?.source_language;
  const possible = (all ?? []).filter(({ tag, targets }) => targets.length > 0 || tag === own?.tag);
  const isKnown = possible.some(({ tag }) => tag === own?.tag);
  const sources = own && !isKnown ? [{ ...own, targets: [] }, ...possible] : possible;
  const spoken = sources.find(({ tag }) => tag === source) ?? sources[0];
  const targets = (all ?? []).filter(({ tag }) => spoken?.targets.includes(tag));
  const option = (each: LanguageTargets) => ({ value: each.tag, label: languageLabel(each) });

  const submit = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    if (!spoken) return;
    const body = { title, source_language: spoken.tag, starts_at: fromLocal(startsAt) };
    const languages = wanted.filter((tag) => spoken.targets.includes(tag));
    const save = () =>
      session
        ? changeSession(session.id, body)
        : createSession(event.slug, room.slug, { ...body, languages });
    if (await run(save)) await onDone();
  };

  return (
    <form
      ref={form}
      className={session ? styles.card : styles.inner}
      onSubmit={(submitted) => void submit(submitted)}
    >
      {session ? <h2>{t("sessions.edit")}</h2> : <h3>{t("sessions.new")}</h3>}
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
          description={wasOn ? t("sessions.source.stays") : undefined}
          disabled={wasOn}
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
      {!session && (
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
      )}
      {unread && <NotRead failed onAgain={() => void refresh()} />}
      <FormEnd
        save={session ? t("common.save") : t("sessions.create")}
        busy={busy}
        problem={problem}
        disabled={!spoken}
        onCancel={onCancel}
      />
    </form>
  );
}
