import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { Session } from "../../api/types";
import type { CaptionStore } from "../../common/captions/store";
import { oldestSegment } from "../../common/captions/transcript";
import { readCaptions } from "../readCaptions";

/**
 * The captions of one language, and a way to older ones. Asks the service for the last page where
 * no room will bring it: after the end, and while the session is not running.
 *
 * @example
 * const { transcript, loadOlder } = useTranscript(session, captions, "es");
 */
export function useTranscript(session: Session, captions: CaptionStore, language: string) {
  const transcript = useSyncExternalStore(captions.subscribe, () => captions.of(language));
  const asking = useRef(false);

  const loadOlder = useCallback(async () => {
    if (asking.current) return;
    asking.current = true;
    try {
      const oldest = oldestSegment(captions.of(language).lines);
      const before = Number.isFinite(oldest) ? oldest : undefined;
      await readCaptions(captions, session.id, language, before);
    } catch {
      // Older captions are a comfort: the reader may scroll again.
    } finally {
      asking.current = false;
    }
  }, [captions, language, session.id]);

  const isQuiet = session.state === "ended" || session.state === "paused";
  useEffect(() => {
    if (!isQuiet) return;
    void readCaptions(captions, session.id, language).catch(() => undefined);
  }, [captions, isQuiet, language, session.id]);

  return { transcript, loadOlder };
}
