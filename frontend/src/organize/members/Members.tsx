import { IconLink, IconTrash } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { changeRole, readMembers, removeMember, withdrawLink } from "../../api/members";
import type { Member } from "../../api/types";
import { Button } from "../../common/Button";
import { useAsked } from "../../common/useAsked";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import { Confirm } from "../Confirm";
import { useAction } from "../hooks/useAction";
import { useFocusNext } from "../hooks/useFocusNext";
import { NotRead } from "../NotRead";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import { AddMember } from "./AddMember";
import { MemberRow } from "./MemberRow";
import styles from "./Members.module.css";
import { ROLE_TEXTS } from "./roles";

interface MembersProps {
  organization: { slug: string; name: string };
  /** Whoever looks is somebody else here now: another role, or nobody any more. */
  onYou: () => Promise<void>;
}

/** Who belongs to an organization; owners choose. */
export function Members({ organization, onYou }: MembersProps) {
  const { t } = useTexts();
  const { time } = useFormats();
  const { slug, name } = organization;
  const { answer: members, problem: unread, refresh } = useAsked(() => readMembers(slug), null);
  const { run, busy, problem } = useAction();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const gone = leaving?.name || leaving?.email || "";

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <h2 id={titleId} ref={heading} tabIndex={-1}>
        {t("people.title", { organization: name })}
      </h2>
      <p className={page.soft}>{t("people.text")}</p>
      {!members && <NotRead failed={Boolean(unread)} onAgain={() => void refresh()} />}
      {members && (
        <ul className={styles.people}>
          {members.items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              yours={members.yours}
              busy={busy}
              onRole={(role) =>
                void run(async () => {
                  await changeRole(slug, member.id, role);
                  await refresh();
                  if (member.you) await onYou();
                })
              }
              onRemove={() => setLeaving(member)}
            />
          ))}
          {members.invitations.map((invitation) => (
            <li key={invitation.id} className={styles.person}>
              <IconLink size={20} aria-hidden="true" />
              <span className={styles.who}>
                <strong>
                  <bdi>{invitation.label || t("people.unnamed")}</bdi>
                </strong>
                <span className={page.soft}>
                  {t(ROLE_TEXTS[invitation.role])} ·{" "}
                  {t("invitations.until", { time: time(invitation.expires_at) })}
                </span>
              </span>
              {members.yours && (
                <Button
                  look="quiet"
                  round
                  aria-label={t("people.withdraw", {
                    name: invitation.label || t("people.unnamed"),
                  })}
                  icon={<IconTrash size={18} />}
                  disabled={busy}
                  onClick={() =>
                    void run(async () => {
                      await withdrawLink(slug, invitation.id);
                      await refresh();
                      focusNext();
                    })
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Problem text={problem} />
      {members?.yours && (
        <AddMember organization={slug} invitations={members.invitations} onDone={refresh} />
      )}
      <Confirm
        open={leaving !== null}
        title={
          leaving?.you
            ? t("people.leave.title", { organization: name })
            : t("people.remove.title", { name: gone })
        }
        text={leaving?.you ? t("people.leave.text") : t("people.remove.text")}
        action={leaving?.you ? t("people.leave") : t("people.remove", { name: gone })}
        onConfirm={async () => {
          if (!leaving) return;
          await removeMember(slug, leaving.id);
          await (leaving.you ? onYou() : refresh());
          setLeaving(null);
          focusNext();
        }}
        onClose={() => setLeaving(null)}
      />
    </section>
  );
}
