import type { BoothConsole } from "../api/types";
import type { Live } from "../live/useLiveSession";
import type { useMicrophone } from "../microphone/useMicrophone";
import type { BoothSound } from "./hooks/useBoothSound";
import type { useHeadset } from "./hooks/useHeadset";
import type { StageRoomState } from "./sound/stageRoom";

/** What preflight and console share: the connections and the devices. */
export interface BoothParts {
  known: BoothConsole;
  live: Live;
  sound: BoothSound;
  stage: StageRoomState;
  microphone: ReturnType<typeof useMicrophone>;
  /** The microphone's sound, muted or not. */
  ear: MediaStream | null;
  headset: ReturnType<typeof useHeadset>;
}
