import { useCallback, useEffect, useRef, useState } from "react";
import { useRemembered } from "../common/useRemembered";

export type MicrophoneProblem = "denied" | "none" | "busy" | "unplugged" | "insecure";

interface Open {
  stream: MediaStream | null;
  problem: MicrophoneProblem | null;
}

/**
 * One open microphone of the device, remembered under `name` for the next time. Echo cancellation
 * and the like are off, because they eat a lecture's sound, unless the room is noisy.
 *
 * @example
 * const microphone = useMicrophone("microphone");
 * <button onClick={() => microphone.open()}>Allow</button>
 */
export function useMicrophone(name = "microphone") {
  const [{ stream, problem }, setOpen] = useState<Open>({ stream: null, problem: null });
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [chosenId, setChosenId] = useRemembered(`${name}.id`, "");
  const [noisy, setNoisy] = useRemembered(`${name}.noisy`, false);
  const current = useRef<MediaStream | null>(null);

  const open = useCallback(
    async (wish: { deviceId?: string; noisy?: boolean } = {}) => {
      const deviceId = wish.deviceId ?? chosenId;
      const clean = wish.noisy ?? noisy;
      try {
        const next = await ask(deviceId, clean);
        stopTracks(current.current);
        current.current = next;
        next.getAudioTracks()[0]?.addEventListener("ended", () => {
          if (current.current === next) setOpen({ stream: null, problem: "unplugged" });
        });
        setOpen({ stream: next, problem: null });
        const all = await navigator.mediaDevices.enumerateDevices();
        setDevices(all.filter((device) => device.kind === "audioinput"));
      } catch (error) {
        setOpen({ stream: null, problem: problemOf(error) });
      }
    },
    [chosenId, noisy],
  );

  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const relist = () =>
      void media
        ?.enumerateDevices()
        .then((all) =>
          setDevices(
            all.filter((device) => device.kind === "audioinput" && device.deviceId !== ""),
          ),
        );
    media?.addEventListener("devicechange", relist);
    return () => media?.removeEventListener("devicechange", relist);
  }, []);

  useEffect(() => () => stopTracks(current.current), []);

  return {
    stream,
    problem,
    devices,
    deviceId: stream?.getAudioTracks()[0]?.getSettings().deviceId ?? chosenId,
    noisy,
    open,
    choose: (deviceId: string) => {
      setChosenId(deviceId);
      void open({ deviceId });
    },
    chooseNoisy: (wanted: boolean) => {
      setNoisy(wanted);
      void open({ noisy: wanted });
    },
  };
}

async function ask(deviceId: string, noisy: boolean): Promise<MediaStream> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media) throw new DOMException("needs https", "SecurityError");
  const audio = {
    channelCount: 1,
    sampleRate: 48_000,
    echoCancellation: noisy,
    noiseSuppression: noisy,
    autoGainControl: noisy,
  };
  try {
    return await media.getUserMedia({
      audio: deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio,
    });
  } catch (error) {
    // The remembered microphone is not plugged in today: take the usual one.
    const isMissing = error instanceof DOMException && error.name === "OverconstrainedError";
    if (deviceId && isMissing) return media.getUserMedia({ audio });
    throw error;
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "denied";
    case "SecurityError":
      return "insecure";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "none";
  }
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
