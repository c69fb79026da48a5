import type { Input, OnAir, Policy } from "../live/messages";
import { ask } from "./untyped";

export interface ChannelChange {
  policy?: Policy;
  unmanned?: Extract<Input, "slate" | "floor">;
  spoken_notice?: boolean;
  stand_in_s?: number;
  turn_s?: number;
}

export interface BoothInvited {
  id: string;
  url: string;
}

const session = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;
const channel = (id: string, language: string) =>
  `${session(id)}/channels/${encodeURIComponent(language)}`;

export const changeChannel = (id: string, language: string, change: ChannelChange) =>
  ask<unknown>("PATCH", channel(id, language), change);

/** `to`: an interpreter's id, `machine`, `floor`, `slate`, or "" to let the policy decide again. */
export const forceInput = (id: string, language: string, to: string) =>
  ask<unknown>("POST", `${channel(id, language)}/force`, { to });

export const setFloorLanguage = (id: string, language: string) =>
  ask<unknown>("POST", `${session(id)}/floor-language`, { language });

export const inviteInterpreter = (
  id: string,
  language: string,
  wish: { name: string; show_name: boolean; retour: boolean; valid_hours: number },
) =>
  ask<BoothInvited>(
    "POST",
    `${session(id)}/booths/${encodeURIComponent(language)}/invitations`,
    wish,
  );

export const removeInterpreter = (assignmentId: string) =>
  ask<unknown>("DELETE", `/api/assignments/${encodeURIComponent(assignmentId)}`);

export const getTimeline = async (id: string) =>
  (await ask<{ items: OnAir[] }>("GET", `${session(id)}/timeline`)).items;
