import { answered, client } from "./client";
import type { EventVoice, EventVoices } from "./types";

const EVENT = "/api/organize/events/{event}/voices";
const event = (slug: string) => ({ params: { path: { event: slug } } });

/** Those that an event chose. */
export const readVoices = (slug: string): Promise<EventVoices> =>
  answered(client.GET(EVENT, event(slug)));

/** In place of all that were chosen before. */
export const chooseVoices = (slug: string, voices: EventVoice[]): Promise<EventVoices> =>
  answered(client.PUT(EVENT, { ...event(slug), body: { voices } }));
