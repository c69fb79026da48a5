import { Select, TextInput } from "@mantine/core";
import { IconMicrophone, IconTrash } from "@tabler/icons-react";
import { useState, type SubmitEvent } from "react";
import { invite, listInvitations, revokeInvitation } from "../api/organize";
import type { Invited, Session, VoiceGender } from "../api/types";
import { Button } from "../common/Button";
import { GENDERS, GENDER_TEXTS, genderOf } from "../common/genders";
import { useAsked } from "../common/useAsked";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { FreshLink } from "./FreshLink";
import { useAction } from "./hooks/useAction";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";

/** Who may speak: links to the stage. A link is shown once, when it is made. */
export function Invitations({ session }: { session: Session }) {
  const { t } = useTexts();
  const { time } = useFormats();
  const { answer: invitations, refresh } = useAsked(() => listInvitations(session.id), null);
  const { run, busy, problem } = useAction();
  const [label, setLabel] = useState("");
  const [voice, setVoice] = useState<VoiceGender>("any");
  const [fresh, setFresh] = useState<Invited | null>(null);

  const create = async (event: SubmitEvent) => {
    event.preventDefault();
    const make = async () => setFresh(await invite(session.id, label, voice));
    if (!(await run(make))) return;
    setLabel("");
    setVoice("any");
    await refresh();
  };
  const revoke = async (id: string) => {
    const done = await run(() => revokeInvitation(session.id, id));
    if (done && fresh?.id === id) setFresh(null);
    await refresh();
  };

  return (
    <section className={styles.card}>
      <h2>{t("invitations.title")}</h2>
      <p className={styles.soft}>{t("invitations.text")}</p>
      {invitations && invitations.length > 0 && (
        <ul className={styles.list}>
          {invitations.map((invitation) => (
            <li key={invitation.id} className={styles.plainItem}>
              <IconMicrophone size={20} aria-hidden="true" />
              <span className={styles.names}>
                <strong>
                  <bdi>{invitation.label || t("invitations.unnamed")}</bdi>
                </strong>
                <span className={styles.soft}>
                  {t("invitations.until", { time: time(invitation.expires_at) })}
                  {invitation.voice !== "any" && ` · ${t(GENDER_TEXTS[invitation.voice])}`}
                </span>
              </span>
              <Button
                look="quiet"
                icon={<IconTrash size={18} />}
                onClick={() => void revoke(invitation.id)}
              >
                {t("invitations.revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {fresh && <FreshLink url={fresh.url} />}
      {session.state !== "ended" && (
        <form className={styles.inline} onSubmit={(event) => void create(event)}>
          <TextInput
            size="md"
            label={t("invitations.label")}
            placeholder={t("invitations.example")}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <Select
            size="md"
            label={t("invitations.voice")}
            data={GENDERS.map((gender) => ({ value: gender, label: t(GENDER_TEXTS[gender]) }))}
            value={voice}
            allowDeselect={false}
            onChange={(gender) => setVoice(genderOf(gender))}
          />
          <Button type="submit" look="plain" busy={busy}>
            {t("invitations.create")}
          </Button>
        </form>
      )}
      <Problem text={problem} />
    </section>
  );
}
