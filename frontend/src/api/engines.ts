import { answered, client } from "./client";
import type { Engines, EngineWish } from "./types";

/** Whose engines: all events of an organization, or one event. */
export interface Scope {
  kind: "organization" | "event";
  slug: string;
}

const ORGANIZATION = "/api/organize/organizations/{organization}/engines";
const EVENT = "/api/organize/events/{event}/engines";
const organization = (slug: string) => ({ params: { path: { organization: slug } } });
const event = (slug: string) => ({ params: { path: { event: slug } } });

export const readEngines = ({ kind, slug }: Scope): Promise<Engines> =>
  kind === "event"
    ? answered(client.GET(EVENT, event(slug)))
    : answered(client.GET(ORGANIZATION, organization(slug)));

/** In place of all that was wished before. */
export const wishEngines = ({ kind, slug }: Scope, wishes: EngineWish[]): Promise<Engines> =>
  kind === "event"
    ? answered(client.PUT(EVENT, { ...event(slug), body: { wishes } }))
    : answered(client.PUT(ORGANIZATION, { ...organization(slug), body: { wishes } }));
