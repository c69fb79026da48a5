import { answered, client } from "./client";
import type { Admission, Captions, Event } from "./types";

export const getEvent = (event: string): Promise<Event> =>
  answered(client.GET("/api/events/{event}", { params: { path: { event } } }));

/** A token for one of the rooms that carry a language now. */
export const listen = (sessionId: string, language: string): Promise<Admission> =>
  answered(
    client.POST("/api/sessions/{id}/listen", {
      params: { path: { id: sessionId } },
      body: { language, captions: false },
    }),
  );

/** A page of captions before one of them (the last page without), oldest first. */
export const getCaptions = (
  sessionId: string,
  language: string,
  beforeId?: number,
): Promise<Captions> =>
  answered(
    client.GET("/api/sessions/{id}/captions", {
      params: {
        path: { id: sessionId },
        query: { language, limit: 50, ...(beforeId === undefined ? {} : { before_id: beforeId }) },
      },
    }),
  );
