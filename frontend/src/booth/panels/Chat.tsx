import { useState, type RefObject, type SubmitEvent } from "react";
import { Button } from "../../common/Button";
import { useFollow } from "../../common/useFollow";
import { useTexts } from "../../i18n/useTexts";
import type { Chat as Said } from "../../live/messages";
import { CHAT_TO, PHRASES, type ConsoleState } from "../hooks/useConsole";
import type { Action } from "../keys/keymap";
import styles from "./Panel.module.css";

interface ChatProps {
  booth: ConsoleState;
  field: RefObject<HTMLInputElement | null>;
  name: (action: Action) => string;
}

/** Words with the partner, all booths or the organizer; the usual ones on the digits. */
export function Chat({ booth, field, name }: ChatProps) {
  const { t } = useTexts();
  const [text, setText] = useState("");
  const { messages, chatTo, setChatTo } = booth;
  const { ref, onScroll } = useFollow(messages, messages[0]?.id, doNothing);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    booth.chat(text);
    setText("");
  };

  return (
    <section className={styles.panel} aria-label={t("chat.title")}>
      <div className={styles.buttons} role="radiogroup" aria-label={t("chat.to")}>
        {CHAT_TO.map((to) => (
          <Button
            key={to}
            look="plain"
            role="radio"
            aria-checked={chatTo === to}
            onClick={() => setChatTo(to)}
          >
            {t(`chat.${to}`)}
          </Button>
        ))}
        <kbd>{name("write_to")}</kbd>
      </div>
      <div
        ref={ref}
        className={styles.chat}
        role="log"
        aria-label={t("chat.title")}
        onScroll={onScroll}
      >
        {messages.map((message) => (
          <ChatLine key={message.id} message={message} mine={message.from.id === booth.meId} />
        ))}
      </div>
      <form onSubmit={send}>
        <input
          ref={field}
          className={styles.field}
          value={text}
          maxLength={500}
          placeholder={`${t("chat.write")} (${name("write")})`}
          aria-label={t("chat.write")}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
      <div className={styles.phrases}>
        {PHRASES.map((phrase, at) => (
          <button key={phrase} type="button" onClick={() => booth.chat(t(phrase))}>
            <kbd>{name(`phrase_${at + 1}` as Action)}</kbd> {t(phrase)}
          </button>
        ))}
      </div>
    </section>
  );
}

const doNothing = () => undefined;

function ChatLine({ message, mine }: { message: Said; mine: boolean }) {
  const { t, arrow } = useTexts();
  const { from, to, text } = message;
  const place = to === "partner" || to === "booths" || to === "organizer" ? t(`chat.${to}`) : to;
  return (
    <p data-mine={mine || undefined} className={mine ? styles.soft : undefined}>
      <strong>
        <bdi>{mine ? t("chat.me") : from.name || t("chat.organizer")}</bdi>
      </strong>{" "}
      <span className={styles.soft}>
        {from.booth && !mine ? `${from.booth.toUpperCase()} ` : ""}
        {arrow} {place}
      </span>
      <br />
      <bdi>{text}</bdi>
    </p>
  );
}
