import type { Term } from "../booth/text/marks";
import type { LiveChannel, LiveSession, Me } from "../live/messages";
import { ask } from "./untyped";

/** All that a console needs before its line is up. */
export interface BoothAnswer {
  session: LiveSession;
  channels: LiveChannel[];
  me: Me;
  glossary: Term[];
  event_title?: string;
  room_name?: string;
}

export interface BoothToken {
  url: string;
  token: string;
  identity: string;
}

const path = (sessionId: string) => `/api/booth/${encodeURIComponent(sessionId)}`;

export const getBooth = (sessionId: string) => ask<BoothAnswer>("GET", path(sessionId));

/** A way into the stage room, for the microphone only. */
export const enterBooth = (sessionId: string) =>
  ask<BoothToken>("POST", `${path(sessionId)}/token`);
