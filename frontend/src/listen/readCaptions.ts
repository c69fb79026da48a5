import { getCaptions } from "../api/listening";
import type { CaptionStore } from "../common/captions/store";

/** Brings a page of captions, the last one or the one before a segment, into the store. */
export async function readCaptions(
  store: CaptionStore,
  sessionId: string,
  language: string,
  beforeId?: number,
): Promise<void> {
  const page = await getCaptions(sessionId, language, beforeId);
  store.load(language, page.items, page.more);
  store.hear(language, page.voices);
}
