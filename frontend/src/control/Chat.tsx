import { useState, type SubmitEvent } from "react";
import { Button } from "../common/Button";
import { Select } from "../common/Field";
import { useFollow } from "../common/useFollow";
import { useTexts } from "../i18n/useTexts";
import { useLive } from "../live/store";
import type { Live } from "../live/useLiveSession";
import styles from "./Control.module.css";

/** Words with all booths or one. */
export function Chat({ live }: { live: Live }) {
  const { t, arrow } = useTexts();
  const messages = useLive(live.store, (state) => state.chat);
  const channels = useLive(live.store, (state) => state.channels);
  const [to, setTo] = useState("booths");
  const [text, setText] = useState("");
  const [unsent, setUnsent] = useState(false);
  const { ref, onScroll } = useFollow(messages, messages[0]?.id, doNothing);
  const placeOf = (name: string) =>
    name === "booths" || name === "organizer" || name === "partner"
      ? t(`chat.${name}`)
      : (channels.find(({ language }) => language.tag === name)?.language.name ?? name);

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    const sent = live.send({ type: "chat", to, text: text.trim() });
    setUnsent(!sent);
    if (sent) setText("");
  };
  return (
    <section className={styles.card} aria-label={t("chat.title")}>
      <h2>{t("chat.title")}</h2>
      <div ref={ref} className={styles.chat} role="log" onScroll={onScroll}>
        {messages.map(({ id, from, to: place, text: said }) => (
          <p key={id}>
            <strong>
              <bdi>{from.name || t("chat.organizer")}</bdi>
            </strong>{" "}
            <span className={styles.soft}>
              {from.booth && placeOf(from.booth)} {arrow} {placeOf(place)}
            </span>
            <br />
            <bdi>{said}</bdi>
          </p>
        ))}
      </div>
      <form className={styles.inline} onSubmit={send}>
        <Select
          label={t("chat.to")}
          value={to}
          options={[
            { value: "booths", label: t("chat.booths") },
            ...channels
              .filter(({ booth }) => booth !== null)
              .map(({ language }) => ({ value: language.tag, label: language.name })),
          ]}
          onChange={setTo}
        />
        <label className={styles.grow}>
          {t("chat.write")}
          <input
            className={styles.field}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Button type="submit">{t("chat.send")}</Button>
      </form>
      <p role="status">{unsent && t("chat.unsent")}</p>
    </section>
  );
}

const doNothing = () => undefined;
