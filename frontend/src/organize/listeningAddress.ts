import type { Event, Room } from "../api/types";

/** Where the listeners of a room go. */
export function listeningAddress(event: Event, room: Room): string {
  return `${location.origin}/e/${event.slug}/${room.slug}`;
}
