import { useEffect, useState } from "react";
import { useRemembered } from "../../common/useRemembered";

/**
 * The sound outputs of this device and the chosen one; `possible`: the browser lets a page choose.
 *
 * @param granted a microphone is open: before that, browsers keep the names to themselves
 * @example
 * const headset = useHeadset(microphone.stream !== null);
 */
export function useHeadset(granted: boolean) {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [sinkId, setSinkId] = useRemembered("booth.headset", "");
  const possible = typeof AudioContext !== "undefined" && "setSinkId" in AudioContext.prototype;

  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const relist = () =>
      void media
        ?.enumerateDevices()
        .then((all) =>
          setDevices(all.filter(({ kind, deviceId }) => kind === "audiooutput" && deviceId !== "")),
        );
    relist();
    media?.addEventListener("devicechange", relist);
    return () => media?.removeEventListener("devicechange", relist);
  }, [granted]);

  const isThere = devices.some(({ deviceId }) => deviceId === sinkId);
  return { devices, sinkId: isThere ? sinkId : "", choose: setSinkId, possible };
}
