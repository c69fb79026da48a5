import { IconTrash } from "@tabler/icons-react";
import type { Channel, ChannelStatus, Session } from "../api/types";
import { Button } from "../common/Button";
import { StateTag } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import styles from "./Channels.module.css";
import { channelWord } from "./channelWord";

interface ChannelRowProps {
  channel: Channel;
  status: ChannelStatus | null;
  session: Session;
  onRemove: () => void;
}

export function ChannelRow({ channel, status, session, onRemove }: ChannelRowProps) {
  const { t } = useTexts();
  const { tenths } = useFormats();
  const { language } = channel;
  const seconds = (value: number | null) =>
    value === null ? "–" : t("channels.seconds", { seconds: tenths(value) });
  const word = status && channelWord(status, session.state);

  return (
    <tr>
      <th scope="row">
        <span lang={language.tag} dir={language.direction}>
          {language.name}
        </span>
      </th>
      <td>
        {word && <StateTag tone={word.tone}>{t(word.text)}</StateTag>}
        {status?.who && <span className={styles.who}>{status.who}</span>}
      </td>
      <td data-label={t("channels.listeners")}>{status?.listeners ?? 0}</td>
      <td data-label={t("channels.lag")}>{seconds(status?.lag_s ?? null)}</td>
      <td data-label={t("channels.backlog")}>
        {channel.original ? "–" : seconds(status?.backlog_s ?? null)}
      </td>
      <td data-label={t("channels.skipped")}>{status?.skipped ?? 0}</td>
      <td className={styles.caption} lang={language.tag} dir={language.direction}>
        {status?.last_caption}
      </td>
      <td className={styles.end}>
        {!channel.original && session.state !== "ended" && (
          <Button
            look="quiet"
            round
            aria-label={t("channels.remove.one", { language: language.name })}
            icon={<IconTrash size={18} />}
            onClick={onRemove}
          />
        )}
      </td>
    </tr>
  );
}
