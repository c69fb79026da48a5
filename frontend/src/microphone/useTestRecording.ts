import { useEffect, useRef, useState } from "react";

export const TEST_SECONDS = 5;

export type TestState = "idle" | "recording" | "playing" | "done";

/**
 * Records five seconds of a microphone and plays them back, on the output `sinkId` where the
 * browser can choose one.
 *
 * @example
 * const { state, start } = useTestRecording(stream);
 */
export function useTestRecording(stream: MediaStream | null, sinkId = "") {
  const [state, setState] = useState<TestState>("idle");
  const cleanUp = useRef<() => void>(() => undefined);
  useEffect(() => () => cleanUp.current(), [stream]);

  const start = () => {
    if (!stream) return;
    const recorder = new MediaRecorder(stream);
    const pieces: Blob[] = [];
    const player = new Audio();
    const timer = setTimeout(() => recorder.stop(), TEST_SECONDS * 1000);
    let dropped = false;

    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      if (dropped) return;
      player.src = URL.createObjectURL(new Blob(pieces, { type: recorder.mimeType }));
      player.addEventListener("ended", () => setState("done"));
      setState("playing");
      void choose(player, sinkId)
        .then(() => player.play())
        .catch(() => setState("done"));
    });
    cleanUp.current = () => {
      dropped = true;
      clearTimeout(timer);
      if (recorder.state !== "inactive") recorder.stop();
      player.pause();
      URL.revokeObjectURL(player.src);
      setState("idle");
    };
    recorder.start();
    setState("recording");
  };

  return { state, start, cancel: () => cleanUp.current() };
}

async function choose(player: HTMLAudioElement, sinkId: string): Promise<void> {
  if (sinkId && "setSinkId" in player) await player.setSinkId(sinkId).catch(() => undefined);
}
