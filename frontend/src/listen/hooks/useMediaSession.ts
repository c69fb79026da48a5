import { useEffect } from "react";

interface Playing {
  title: string;
  artist: string;
  album: string;
  playing: boolean;
  onPlay: () => void;
  onStop: () => void;
}

/**
 * Shows on the lock screen what is heard, with a play and a stop key.
 *
 * @example
 * useMediaSession({ title: "Español", artist: "Keynote · Hall A", album: "Summit", playing, onPlay, onStop });
 */
export function useMediaSession({ title, artist, album, playing, onPlay, onStop }: Playing): void {
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album });
  }, [title, artist, album]);

  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.playbackState = playing ? "playing" : "paused";
  }, [playing]);

  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const actions: [MediaSessionAction, () => void][] = [
      ["play", onPlay],
      ["pause", onStop],
      ["stop", onStop],
    ];
    for (const [action, handler] of actions)
      navigator.mediaSession.setActionHandler(action, handler);
    return () => {
      for (const [action] of actions) navigator.mediaSession.setActionHandler(action, null);
    };
  }, [onPlay, onStop]);
}
