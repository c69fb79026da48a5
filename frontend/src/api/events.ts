import { answered, client } from "./client";
import type { EventLine } from "./types";

export const listEvents = async (): Promise<EventLine[]> =>
  (await answered(client.GET("/api/events"))).items;
