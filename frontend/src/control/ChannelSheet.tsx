import { IconTrash } from "@tabler/icons-react";
import { useState, type SubmitEvent } from "react";
import { changeChannel, inviteInterpreter, removeInterpreter } from "../api/control";
import { removeChannel } from "../api/organize";
import type { BoothInvited, Session } from "../api/types";
import { Button } from "../common/Button";
import { CheckBox, Select } from "../common/Field";
import { QrCode } from "../common/QrCode";
import { StateTag } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import type { LiveChannel } from "../live/messages";
import { FreshLink } from "../organize/FreshLink";
import { useAction } from "../organize/hooks/useAction";
import { Problem } from "../organize/Problem";
import styles from "./Control.module.css";

const STAND_INS_S = [3, 4, 6, 8, 10, 15, 30];
const TURNS_MIN = [10, 15, 20, 30, 40, 60];
const PLACES = { invited: "calm", expired: "attention", working: "ready" } as const;

interface SheetProps {
  session: Session;
  channel: LiveChannel;
  onRemoved: () => void;
}

/** What is set more rarely: the booth's people, and how the channel behaves. */
export function ChannelSheet({ session, channel, onRemoved }: SheetProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const tag = channel.language.tag;
  const set = (change: Parameters<typeof changeChannel>[2]) =>
    void run(() => changeChannel(session.id, tag, change));
  const choices = (values: readonly number[], now: number, text: (value: number) => string) =>
    [...new Set([...values, now])]
      .sort((a, b) => a - b)
      .map((value) => ({ value: String(value), label: text(value) }));

  return (
    <div className={styles.sheet}>
      <Problem text={problem} />
      <Booth session={session} channel={channel} />
      <section className={styles.part}>
        <h3>{t("control.behaviour")}</h3>
        <Select
          label={t("control.unmanned")}
          value={channel.unmanned}
          options={[
            { value: "slate", label: t("channel.slate") },
            { value: "floor", label: t("channel.floor") },
          ]}
          onChange={(value) => set({ unmanned: value as "slate" | "floor" })}
        />
        <Select
          label={t("control.standIn")}
          value={String(channel.stand_in_s)}
          options={choices(STAND_INS_S, channel.stand_in_s, (seconds) =>
            t("channels.seconds", { seconds }),
          )}
          onChange={(value) => set({ stand_in_s: Number(value) })}
        />
        <Select
          label={t("control.turn")}
          value={String(channel.turn_s / 60)}
          options={choices(TURNS_MIN, channel.turn_s / 60, (minutes) =>
            t("control.minutes", { minutes }),
          )}
          onChange={(value) => set({ turn_s: Number(value) * 60 })}
        />
        <CheckBox
          label={t("control.spokenNotice")}
          hint={t("control.spokenNotice.hint")}
          checked={channel.spoken_notice ?? true}
          onChange={(spoken_notice) => set({ spoken_notice })}
        />
      </section>
      {!channel.original && (
        <section className={styles.part}>
          <p className={styles.soft}>{t("channels.remove.text")}</p>
          <div>
            <Button
              look="grave"
              busy={busy}
              onClick={() =>
                void run(() => removeChannel(session.id, tag)).then((done) => done && onRemoved())
              }
            >
              {t("channels.remove.one", { language: channel.language.name })}
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}

function Booth({ session, channel }: Pick<SheetProps, "session" | "channel">) {
  const { t } = useTexts();
  const { time } = useFormats();
  const { run, busy, problem } = useAction();
  const [name, setName] = useState("");
  const [showName, setShowName] = useState(false);
  const [retour, setRetour] = useState(false);
  const [fresh, setFresh] = useState<(BoothInvited & { name: string }) | null>(null);
  const people = channel.booth?.interpreters ?? [];

  const invite = (event: SubmitEvent) => {
    event.preventDefault();
    void run(async () => {
      const invited = await inviteInterpreter(session.id, channel.language.tag, {
        name: name.trim(),
        show_name: showName,
        retour,
      });
      setFresh({ ...invited, name: name.trim() });
      setName("");
    });
  };
  return (
    <section className={styles.part}>
      <h3>{t("control.booth")}</h3>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.id}>
            <bdi>{person.name}</bdi>
            {person.show_name && person.place === "working" && (
              <span className={styles.soft}>{t("control.nameShown")}</span>
            )}
            {person.retour && <span className={styles.soft}>{t("control.retour")}</span>}
            {person.place && (
              <StateTag tone={PLACES[person.place]}>{t(`place.${person.place}`)}</StateTag>
            )}
            <Button
              look="quiet"
              icon={<IconTrash size={18} />}
              onClick={() => void run(() => removeInterpreter(person.id))}
            >
              {t("channels.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {fresh && (
        <FreshLink url={fresh.url}>
          <p>
            <strong>
              <bdi>{fresh.name}</bdi>
            </strong>{" "}
            · {t("control.invite.once", { time: time(fresh.expires_at) })}
          </p>
          <QrCode text={fresh.url} label={t("share.code", { title: fresh.name })} />
        </FreshLink>
      )}
      <form className={styles.part} onSubmit={invite}>
        <label>
          {t("control.invite.name")}
          <input
            className={styles.field}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <CheckBox
          label={t("control.invite.showName")}
          hint={t("control.invite.showName.hint")}
          checked={showName}
          onChange={setShowName}
        />
        {!channel.original && (
          <CheckBox
            label={t("control.invite.retour")}
            hint={t("control.invite.retour.hint", { language: session.source_language.name })}
            checked={retour}
            onChange={setRetour}
          />
        )}
        <div>
          <Button type="submit" busy={busy} disabled={name.trim() === ""}>
            {t("control.invite")}
          </Button>
        </div>
      </form>
      <Problem text={problem} />
    </section>
  );
}
