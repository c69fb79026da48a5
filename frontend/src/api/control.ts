import { answered, client } from "./client";
import type { BoothInvitation, ChannelChange } from "./types";

const session = (id: string) => ({ params: { path: { id } } });
const channel = (id: string, language: string) => ({ params: { path: { id, language } } });

/** Every channel with its policy, and its booth with whoever was invited. */
export const getBooths = (id: string) =>
  answered(client.GET("/api/sessions/{id}/booths", session(id)));

export const changeChannel = (id: string, language: string, body: ChannelChange) =>
  answered(
    client.PATCH("/api/sessions/{id}/channels/{language}", { ...channel(id, language), body }),
  );

/** `to`: an interpreter's id, `machine`, `floor`, `slate`, or "" to let the policy decide again. */
export const forceInput = (id: string, language: string, to: string) =>
  answered(
    client.POST("/api/sessions/{id}/channels/{language}/force", {
      ...channel(id, language),
      body: { to },
    }),
  );

/** `language`: "" is the session's source language. `detect`: it is found out from now on. */
export const setFloorLanguage = (id: string, language: string, detect = false) =>
  answered(
    client.POST("/api/sessions/{id}/floor-language", {
      ...session(id),
      body: { language, detect },
    }),
  );

export const inviteInterpreter = (id: string, language: string, body: BoothInvitation) =>
  answered(
    client.POST("/api/sessions/{id}/booths/{language}/invitations", {
      ...channel(id, language),
      body,
    }),
  );

export const removeInterpreter = (assignment: string) =>
  answered(client.DELETE("/api/assignments/{assignment}", { params: { path: { assignment } } }));

export const getTimeline = async (id: string) =>
  (await answered(client.GET("/api/sessions/{id}/timeline", session(id)))).items;
