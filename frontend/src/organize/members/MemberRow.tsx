import { IconTrash } from "@tabler/icons-react";
import type { Member, RoleName } from "../../api/types";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import page from "../Organize.module.css";
import styles from "./Members.module.css";
import { ROLE_TEXTS } from "./roles";
import { RoleSelect } from "./RoleSelect";

interface MemberRowProps {
  member: Member;
  /** Whoever looks is an owner. */
  yours: boolean;
  busy: boolean;
  onRole: (role: RoleName) => void;
  onRemove: () => void;
}

/** A person: who it is, the role, and what can be done about it. */
export function MemberRow({ member, yours, busy, onRole, onRemove }: MemberRowProps) {
  const { t } = useTexts();
  const name = member.name || member.email;
  return (
    <li className={styles.person}>
      <span className={styles.who}>
        <strong>
          <bdi>{name}</bdi>
          {member.you && <span className={page.soft}> ({t("people.you")})</span>}
        </strong>
        {name !== member.email && (
          <span className={page.soft}>
            <bdi>{member.email}</bdi>
          </span>
        )}
      </span>
      {yours ? (
        <span className={styles.role}>
          <RoleSelect
            name={t("people.roleOf", { name })}
            role={member.role}
            disabled={busy}
            onChange={onRole}
          />
        </span>
      ) : (
        <span className={page.soft}>{t(ROLE_TEXTS[member.role])}</span>
      )}
      {(yours || member.you) && (
        <Button
          look="quiet"
          round
          aria-label={member.you ? t("people.leave") : t("people.remove", { name })}
          icon={<IconTrash size={18} />}
          disabled={busy}
          onClick={onRemove}
        />
      )}
    </li>
  );
}
