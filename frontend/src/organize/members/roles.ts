import type { RoleName } from "../../api/types";
import type { Key } from "../../i18n/catalogue";

export const ROLES: readonly RoleName[] = [
  "owner",
  "organizer",
  "interpreter",
  "clinician",
  "auditor",
];

export const ROLE_TEXTS: Record<RoleName, Key> = {
  owner: "role.owner",
  organizer: "role.organizer",
  interpreter: "role.interpreter",
  clinician: "role.clinician",
  auditor: "role.auditor",
};

/** Those who set up and run events. */
export const organizes = (role: RoleName): boolean => role === "owner" || role === "organizer";
