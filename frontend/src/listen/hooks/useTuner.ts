import { useEffect, useState, useSyncExternalStore } from "react";
import { listen } from "../../api/listening";
import type { Session } from "../../api/types";
import type { CaptionStore } from "../../common/captions/store";
import { openRoom } from "../sound/channelRoom";
import { Output } from "../sound/output";
import { Tuner } from "../sound/tuner";

const PAGE_OF_CAPTIONS = 50;

/**
 * A tuner for a session, alive as long as the component. It fills the store with captions.
 *
 * @example
 * const { tuner, state } = useTuner(session, captions, { sound: true, onSessionChanged: refresh });
 * <button onClick={() => tuner.tune("es", true)}>{state.phase}</button>
 */
export function useTuner(
  session: Session,
  captions: CaptionStore,
  { sound, onSessionChanged }: { sound: boolean; onSessionChanged: () => void },
) {
  const [tuner] = useState(() => makeTuner(session.id, captions, sound, onSessionChanged));
  const state = useSyncExternalStore(tuner.subscribe, tuner.snapshot);

  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === "visible") tuner.wake();
    };
    tuner.open();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      tuner.close();
    };
  }, [tuner]);

  useEffect(() => tuner.setSession(session.state), [tuner, session.state]);

  return { tuner, state };
}

function makeTuner(
  sessionId: string,
  captions: CaptionStore,
  sound: boolean,
  onSessionChanged: () => void,
): Tuner {
  const output = sound
    ? new Output({
        onHeard: () => {
          if (performance.getEntriesByName("first-sound").length === 0) {
            performance.mark("first-sound");
          }
          tuner.heard();
        },
        onBlocked: () => tuner.blockedByBrowser(),
        onInterrupted: () => tuner.stopSound(),
      })
    : null;
  const tuner: Tuner = new Tuner({
    listen: (language) => listen(sessionId, language),
    openRoom,
    output,
    onAdmission: (admission) =>
      captions.load(
        admission.language.tag,
        admission.captions,
        admission.captions.length >= PAGE_OF_CAPTIONS,
      ),
    onCaption: (message) => captions.receive(message),
    onSessionChanged,
    nowMs: () => performance.now(),
    random: Math.random,
  });
  return tuner;
}
