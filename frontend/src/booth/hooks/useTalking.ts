import { useEffect, useRef, useState } from "react";
import { measure } from "../../microphone/level";
import { hear, QUIET } from "../sound/talking";

const LOOK_MS = 50;

/**
 * Whether somebody talks into the microphone, muted or not.
 *
 * @param ear a copy of the microphone's stream that is never muted
 * @example
 * const talking = useTalking(ear);
 */
export function useTalking(ear: MediaStream | null): boolean {
  const [talking, setTalking] = useState(false);
  const state = useRef(QUIET);
  useEffect(() => {
    if (!ear) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(ear).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      if (context.state === "suspended") void context.resume();
      analyser.getFloatTimeDomainData(samples);
      state.current = hear(state.current, performance.now(), measure(samples).rmsDb);
      setTalking(state.current.talking);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      state.current = QUIET;
      void context.close();
    };
  }, [ear]);
  return talking && ear !== null;
}
