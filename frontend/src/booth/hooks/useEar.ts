import { useEffect, useMemo } from "react";

/**
 * A copy of a stream that hears on while the original is muted. Nothing of it is ever sent.
 *
 * @example
 * const ear = useEar(microphone.stream);
 */
export function useEar(stream: MediaStream | null): MediaStream | null {
  const ear = useMemo(() => {
    const track = stream?.getAudioTracks()[0]?.clone();
    if (!track) return null;
    track.enabled = true;
    return new MediaStream([track]);
  }, [stream]);
  useEffect(() => () => ear?.getTracks().forEach((track) => track.stop()), [ear]);
  return ear;
}
