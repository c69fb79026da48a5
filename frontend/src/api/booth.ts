import { answered, client } from "./client";

const place = (sessionId: string) => ({ params: { path: { session_id: sessionId } } });

/** All that a console needs before its line is up. */
export const getConsole = (sessionId: string) =>
  answered(client.GET("/api/booth/{session_id}", place(sessionId)));

/** A way into the stage room, for one microphone. */
export const enterBooth = (sessionId: string) =>
  answered(client.POST("/api/booth/{session_id}/token", place(sessionId)));

/** The event's concepts, each with its terms. */
export const getGlossary = async (sessionId: string) =>
  (await answered(client.GET("/api/booth/{session_id}/glossary", place(sessionId)))).items;
