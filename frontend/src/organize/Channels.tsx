import { Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { addChannel, getLanguages, removeChannel } from "../api/organize";
import type { Channel, ChannelStatus, Event, Session } from "../api/types";
import { Button } from "../common/Button";
import { useAsked } from "../common/useAsked";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { ChannelRow } from "./ChannelRow";
import styles from "./Channels.module.css";
import { Confirm } from "./Confirm";
import page from "./Organize.module.css";

interface ChannelsProps {
  event: Event;
  session: Session;
  channels: ChannelStatus[];
  act: (action: () => Promise<unknown>) => Promise<boolean>;
}

/** A row a channel: its language, what feeds it, how far behind it is, who listens. */
export function Channels({ event, session, channels, act }: ChannelsProps) {
  const { t } = useTexts();
  const [removing, setRemoving] = useState<Channel | null>(null);
  const statusOf = (channel: Channel) =>
    channels.find(({ language }) => language.tag === channel.language.tag) ?? null;

  return (
    <section className={page.card}>
      <h2>{t("channels.title")}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("channels.language")}</th>
            <th scope="col">{t("channels.state")}</th>
            <th scope="col">{t("channels.listeners")}</th>
            <th scope="col">{t("channels.lag")}</th>
            <th scope="col">{t("channels.backlog")}</th>
            <th scope="col">{t("channels.skipped")}</th>
            <th scope="col">{t("channels.lastCaption")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {session.channels.map((channel) => (
            <ChannelRow
              key={channel.language.tag}
              channel={channel}
              status={statusOf(channel)}
              session={session}
              onRemove={() => setRemoving(channel)}
            />
          ))}
        </tbody>
      </table>
      {session.state !== "ended" && <NewChannel event={event} session={session} act={act} />}
      <Confirm
        open={removing !== null}
        title={t("channels.remove.title", { language: removing?.language.name ?? "" })}
        text={t("channels.remove.text")}
        action={t("channels.remove")}
        onConfirm={async () => {
          setRemoving(null);
          if (removing) await act(() => removeChannel(session.id, removing.language.tag));
        }}
        onClose={() => setRemoving(null)}
      />
    </section>
  );
}

/** A language more, of those that can be reached from the spoken one. */
export function NewChannel({ event, session, act }: Omit<ChannelsProps, "channels">) {
  const { t } = useTexts();
  const { languageName } = useFormats();
  const { answer: all } = useAsked(() => getLanguages(event.slug), null);
  const [chosen, setChosen] = useState<string | null>(null);
  const there = session.channels.map(({ language }) => language.tag);
  const possible = all?.find(({ tag }) => tag === session.source_language.tag)?.targets ?? [];
  const options = (all ?? [])
    .filter(({ tag }) => possible.includes(tag) && !there.includes(tag))
    .map(({ tag, name }) => ({ value: tag, label: `${name} · ${languageName(tag)}` }));
  if (options.length === 0) return null;

  const add = async () => {
    if (chosen && (await act(() => addChannel(session.id, chosen)))) setChosen(null);
  };
  return (
    <div className={page.inline}>
      <Select
        size="md"
        searchable
        label={t("channels.new")}
        placeholder={t("channels.choose")}
        data={options}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        look="plain"
        icon={<IconPlus size={20} />}
        disabled={chosen === null}
        onClick={() => void add()}
      >
        {t("channels.add")}
      </Button>
    </div>
  );
}
