import { answered, client } from "./client";
import type {
  EventChange,
  EventIn,
  LanguageTargets,
  SessionChange,
  SessionIn,
  VoiceGender,
} from "./types";

const event = (slug: string) => ({ params: { path: { event: slug } } });
const place = (slug: string, room: string) => ({ params: { path: { event: slug, room } } });
const session = (id: string) => ({ params: { path: { id } } });

export const getMe = () => answered(client.GET("/api/me"));

/** Every language, and what the engines here can put it into: those of an event, by its address. */
export const getLanguages = async (slug = ""): Promise<LanguageTargets[]> =>
  (await answered(client.GET("/api/languages", { params: { query: { event: slug } } }))).items;

export const createOrganization = (name: string) =>
  answered(client.POST("/api/organizations", { body: { name } }));

export const listOwnEvents = async () => (await answered(client.GET("/api/organize/events"))).items;

export const createEvent = (body: EventIn) =>
  answered(client.POST("/api/organize/events", { body }));

export const changeEvent = (slug: string, body: EventChange) =>
  answered(client.PATCH("/api/organize/events/{event}", { ...event(slug), body }));

export const deleteEvent = (slug: string) =>
  answered(client.DELETE("/api/organize/events/{event}", event(slug)));

export const createRoom = (slug: string, name: string) =>
  answered(client.POST("/api/organize/events/{event}/rooms", { ...event(slug), body: { name } }));

export const createSession = (slug: string, room: string, body: SessionIn) =>
  answered(
    client.POST("/api/organize/rooms/{event}/{room}/sessions", { ...place(slug, room), body }),
  );

export const renameRoom = (slug: string, room: string, name: string) =>
  answered(
    client.PATCH("/api/organize/rooms/{event}/{room}", { ...place(slug, room), body: { name } }),
  );

export const deleteRoom = (slug: string, room: string) =>
  answered(client.DELETE("/api/organize/rooms/{event}/{room}", place(slug, room)));

export const changeSession = (id: string, body: SessionChange) =>
  answered(client.PATCH("/api/sessions/{id}", { ...session(id), body }));

export const deleteSession = (id: string) =>
  answered(client.DELETE("/api/sessions/{id}", session(id)));

export const startSession = (id: string) =>
  answered(client.POST("/api/sessions/{id}/start", session(id)));

export const pauseSession = (id: string) =>
  answered(client.POST("/api/sessions/{id}/pause", session(id)));

export const endSession = (id: string) =>
  answered(client.POST("/api/sessions/{id}/end", session(id)));

export const addChannel = (id: string, language: string) =>
  answered(client.POST("/api/sessions/{id}/channels", { ...session(id), body: { language } }));

export const removeChannel = (id: string, language: string) =>
  answered(
    client.DELETE("/api/sessions/{id}/channels/{language}", { params: { path: { id, language } } }),
  );

export const getStatus = (id: string) =>
  answered(client.GET("/api/sessions/{id}/status", session(id)));

export const invite = (id: string, label: string, voice: VoiceGender) =>
  answered(
    client.POST("/api/sessions/{id}/invitations", { ...session(id), body: { label, voice } }),
  );

export const listInvitations = async (id: string) =>
  (await answered(client.GET("/api/sessions/{id}/invitations", session(id)))).items;

export const revokeInvitation = (id: string, invitation: string) =>
  answered(
    client.DELETE("/api/sessions/{id}/invitations/{invitation}", {
      params: { path: { id, invitation } },
    }),
  );
