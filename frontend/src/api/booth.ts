import { answered, client } from "./client";
import type { Concept } from "./types";

const place = (sessionId: string) => ({ params: { path: { session_id: sessionId } } });

/** All that a console needs before its line is up. */
export const getConsole = (sessionId: string) =>
  answered(client.GET("/api/booth/{session_id}", place(sessionId)));

/** A way into the stage room, for one microphone. */
export const enterBooth = (sessionId: string) =>
  answered(client.POST("/api/booth/{session_id}/token", place(sessionId)));

/** Whether listeners may read the asker's name. */
export const changePlace = (sessionId: string, change: { show_name: boolean }) =>
  answered(client.PATCH("/api/booth/{session_id}", { ...place(sessionId), body: change }));

/** The whole of the event's terms between two languages. */
export async function getGlossary(sessionId: string, source: string, target: string) {
  const concepts: Concept[] = [];
  for (;;) {
    const page = await answered(
      client.GET("/api/booth/{session_id}/glossary", {
        params: {
          path: { session_id: sessionId },
          query: { source, target, after: concepts.at(-1)?.concept ?? "" },
        },
      }),
    );
    concepts.push(...page.items);
    if (!page.more) return concepts;
  }
}
