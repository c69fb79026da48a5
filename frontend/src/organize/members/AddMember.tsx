import { TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { addMember, inviteMember } from "../../api/members";
import type { Invited, Members, RoleName } from "../../api/types";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { FreshLink } from "../FreshLink";
import { useAction } from "../hooks/useAction";
import { Problem } from "../Problem";
import styles from "./Members.module.css";
import { RoleSelect } from "./RoleSelect";

interface AddMemberProps {
  organization: string;
  /** Links that still stand. */
  invitations: Members["invitations"];
  onDone: () => Promise<void>;
}

/** Two ways in: by the address of an account, or by a link that works once. */
export function AddMember({ organization, invitations, onDone }: AddMemberProps) {
  return (
    <div className={styles.ways}>
      <ByAddress organization={organization} onDone={onDone} />
      <ByLink organization={organization} invitations={invitations} onDone={onDone} />
    </div>
  );
}

function ByAddress({ organization, onDone }: Omit<AddMemberProps, "invitations">) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<RoleName>("organizer");
  const add = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    if (!(await run(() => addMember(organization, email.trim(), role)))) return;
    setEmail("");
    await onDone();
  };
  return (
    <form className={styles.way} onSubmit={(submitted) => void add(submitted)}>
      <h3>{t("people.add")}</h3>
      <TextInput
        size="md"
        type="email"
        required
        label={t("people.email")}
        description={t("people.email.hint")}
        value={email}
        onChange={(change) => setEmail(change.currentTarget.value)}
      />
      <RoleSelect label={t("people.role")} role={role} onChange={setRole} />
      <Problem text={problem} />
      <div>
        <Button type="submit" look="plain" busy={busy}>
          {t("people.addNow")}
        </Button>
      </div>
    </form>
  );
}

function ByLink({ organization, invitations, onDone }: AddMemberProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<RoleName>("organizer");
  const [fresh, setFresh] = useState<Invited | null>(null);
  const invite = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    const make = async () => setFresh(await inviteMember(organization, label, role));
    if (!(await run(make))) return;
    setLabel("");
    await onDone();
  };
  return (
    <form className={styles.way} onSubmit={(submitted) => void invite(submitted)}>
      <h3>{t("people.link")}</h3>
      <TextInput
        size="md"
        label={t("people.linkFor")}
        description={t("people.link.hint")}
        value={label}
        onChange={(change) => setLabel(change.currentTarget.value)}
      />
      <RoleSelect label={t("people.role")} role={role} onChange={setRole} />
      <Problem text={problem} />
      <div>
        <Button type="submit" look="plain" busy={busy}>
          {t("people.makeLink")}
        </Button>
      </div>
      {fresh && invitations.some(({ id }) => id === fresh.id) && <FreshLink url={fresh.url} />}
    </form>
  );
}
