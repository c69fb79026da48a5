import { useEffect, useState } from "react";
import type { StageStatus } from "../api/types";
import { CaptionStore } from "../common/captions/store";
import { sessionNow } from "../common/sessionNow";
import { SessionTag } from "../common/SessionTag";
import { usePageTitle } from "../common/usePageTitle";
import { useTexts } from "../i18n/useTexts";
import { Check } from "./Check";
import { useBroadcast } from "./hooks/useBroadcast";
import { FloorLanguage } from "./FloorLanguage";
import { useMicrophone } from "../microphone/useMicrophone";
import { OnStage } from "./OnStage";
import { SpeakerVoice } from "./SpeakerVoice";
import styles from "./Stage.module.css";

interface StageProps {
  invitation: string;
  status: StageStatus;
  /** Has the status read anew. */
  onChanged: () => Promise<void>;
  /** Whether somebody is on the stage, or on the way back to it. */
  onSpeaking: (speaking: boolean) => void;
}

/** First the device check, then the stage. */
export function Stage({ invitation, status, onChanged, onSpeaking }: StageProps) {
  const { t } = useTexts();
  const { session, event, room_name, floor_language } = status;
  const microphone = useMicrophone();
  const [captions] = useState(() => new CaptionStore());
  const { broadcast, state } = useBroadcast(invitation, captions);
  const [wanted, setWanted] = useState(false);
  usePageTitle(`${t("stage.tab")} · ${session.title}`);

  const track = microphone.stream?.getAudioTracks()[0] ?? null;
  const begun = session.state === "live" || session.state === "paused";
  useEffect(() => {
    if (!wanted || !begun || !track) return;
    if (broadcast.state.phase === "off") broadcast.start(track);
    else void broadcast.replace(track);
  }, [wanted, begun, track, broadcast]);

  const speaking = wanted && state.phase !== "off" && state.phase !== "refused";
  useEffect(() => onSpeaking(speaking), [onSpeaking, speaking]);

  const choice = { invitation, status, onChanged };
  const choices = (
    <>
      <FloorLanguage {...choice} />
      <SpeakerVoice {...choice} />
    </>
  );
  const leave = () => {
    setWanted(false);
    broadcast.stop();
  };

  return (
    <div className={styles.page} data-state={wanted ? state.phase : "check"}>
      <header className={styles.head}>
        <div>
          <h1>
            <bdi>{session.title}</bdi>
          </h1>
          <p className={styles.place}>
            <bdi>{room_name}</bdi> · <bdi>{event.title}</bdi>
          </p>
        </div>
        <SessionTag state={sessionNow(session, state.message)} />
      </header>
      <main className={styles.main}>
        {wanted ? (
          <OnStage
            session={session}
            spoken={floor_language}
            choices={choices}
            state={state}
            captions={captions}
            microphone={microphone}
            begun={begun}
            onMute={(muted) => broadcast.mute(muted)}
            onStop={leave}
          />
        ) : (
          <Check
            session={session}
            microphone={microphone}
            choices={choices}
            onGo={() => setWanted(true)}
          />
        )}
      </main>
    </div>
  );
}
