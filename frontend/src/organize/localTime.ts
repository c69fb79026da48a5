/** What a `datetime-local` field holds, in the browser's own time zone, and back to ISO. */
export function toLocal(iso: string | null | undefined): string {
  if (!iso) return "";
  const when = new Date(iso);
  const shifted = new Date(when.getTime() - when.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function fromLocal(local: string): string | null {
  return local === "" ? null : new Date(local).toISOString();
}
