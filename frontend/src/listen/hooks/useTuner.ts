import { useEffect, useState, useSyncExternalStore } from "react";
import { listen } from "../../api/listening";
import type { Session } from "../../api/types";
import type { CaptionStore } from "../../common/captions/store";
import { readCaptions } from "../readCaptions";
import { openRoom } from "../sound/channelRoom";
import type { Output } from "../sound/output";
import { Tuner } from "../sound/tuner";

/**
 * A tuner for a session, alive as long as the component. It fills the store with captions.
 *
 * @param output where it sounds; null: for captions only
 * @example
 * const { tuner, state } = useTuner(session, captions, { output, onSessionChanged: refresh });
 * <button onClick={() => tuner.tune("es", true)}>{state.phase}</button>
 */
export function useTuner(
  session: Session,
  captions: CaptionStore,
  { output, onSessionChanged }: { output: Output | null; onSessionChanged: () => void },
) {
  const [tuner] = useState(() => makeTuner(session.id, captions, output, onSessionChanged));
  const state = useSyncExternalStore(tuner.subscribe, tuner.snapshot);

  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === "visible") tuner.wake();
    };
    output?.tell({
      onHeard: () => {
        if (performance.getEntriesByName("first-sound").length === 0) {
          performance.mark("first-sound");
        }
        tuner.heard();
      },
      onBlocked: () => tuner.blockedByBrowser(),
      onInterrupted: () => tuner.stopSound(),
    });
    tuner.open();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      tuner.close();
    };
  }, [tuner, output]);

  useEffect(() => tuner.setSession(session.state), [tuner, session.state]);

  return { tuner, state };
}

function makeTuner(
  sessionId: string,
  captions: CaptionStore,
  output: Output | null,
  onSessionChanged: () => void,
): Tuner {
  return new Tuner({
    listen: (language) => listen(sessionId, language),
    openRoom,
    output,
    onAdmitted: (language) =>
      void readCaptions(captions, sessionId, language).catch(() => undefined),
    onCaption: (message) => captions.receive(message),
    onState: (language, { input, who, name = "", since_s }) => {
      if (typeof since_s === "number") captions.hear(language, [{ input, who, name, since_s }]);
    },
    onSessionChanged,
    nowMs: () => performance.now(),
    random: Math.random,
  });
}
