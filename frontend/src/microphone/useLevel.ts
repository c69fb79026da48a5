import { useEffect, useRef, useState } from "react";
import { brightness, judge, measure, meterShare, SILENT, type LevelWord } from "./level";

const LOOK_MS = 50;
/** The bar rises at once and falls slowly, so that the eye can follow: this much a look. */
const FALL = 0.02;

/**
 * The level of a microphone: the word changes rarely and is state, the bar changes often and is
 * written straight to the element's `--level` (0 to 1).
 *
 * @example
 * const { bar, word } = useLevel(stream);
 * <div ref={bar} className="meter" /> {word}
 */
export function useLevel(stream: MediaStream | null) {
  const bar = useRef<HTMLDivElement>(null);
  const [word, setWord] = useState<LevelWord>("waiting");

  useEffect(() => {
    if (!stream) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const binHz = context.sampleRate / analyser.fftSize;
    let level = SILENT;
    let share = 0;
    const timer = setInterval(() => {
      if (context.state === "suspended") void context.resume();
      analyser.getFloatTimeDomainData(samples);
      const { rmsDb, peakDb } = measure(samples);
      analyser.getFloatFrequencyData(spectrum);
      level = judge(level, performance.now(), rmsDb, peakDb, brightness(spectrum, binHz));
      setWord(level.word);
      share = Math.max(meterShare(rmsDb), share - FALL);
      bar.current?.style.setProperty("--level", share.toFixed(3));
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);

  return { bar, word: stream ? word : ("waiting" as const) };
}
