import { useEffect, useState, useSyncExternalStore } from "react";
import { enterStage } from "../../api/stage";
import type { CaptionStore } from "../../common/captions/store";
import { Broadcast } from "../broadcast";

/**
 * A way onto the stage for one invitation; what is recognised goes to the store.
 *
 * @example
 * const { broadcast, state } = useBroadcast(token, captions);
 * <button onClick={() => broadcast.start(track)}>{state.phase}</button>
 */
export function useBroadcast(invitation: string, captions: CaptionStore) {
  const [broadcast] = useState(
    () =>
      new Broadcast(
        () => enterStage(invitation),
        (message) => captions.receive(message),
      ),
  );
  const state = useSyncExternalStore(broadcast.subscribe, broadcast.snapshot);
  useEffect(() => () => broadcast.stop(), [broadcast]);
  return { broadcast, state };
}
