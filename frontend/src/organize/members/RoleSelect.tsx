import { Select } from "@mantine/core";
import type { RoleName } from "../../api/types";
import { useTexts } from "../../i18n/useTexts";
import { ROLE_TEXTS, ROLES } from "./roles";

interface RoleSelectProps {
  /** Shown above the field. */
  label?: string;
  /** Of a field without a label. */
  name?: string;
  role: RoleName;
  disabled?: boolean;
  onChange: (role: RoleName) => void;
}

export function RoleSelect({ label, name, role, disabled = false, onChange }: RoleSelectProps) {
  const { t } = useTexts();
  return (
    <Select
      size="md"
      label={label}
      aria-label={name}
      data={ROLES.map((each) => ({ value: each, label: t(ROLE_TEXTS[each]) }))}
      value={role}
      disabled={disabled}
      allowDeselect={false}
      onChange={(chosen) => {
        if (chosen !== null && chosen !== role) onChange(chosen);
      }}
    />
  );
}
