import { Guard } from "./guard";
import { Normaliser } from "./normaliser";

// What an AudioWorklet's own scope has; TypeScript ships no types for it.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

type Channels = readonly Float32Array[] | undefined;

const REPORT_S = 0.2;

/** Brings one source to the loudness of the others, or lets it pass. */
class NormaliserProcessor extends AudioWorkletProcessor {
  private readonly normaliser = new Normaliser(sampleRate);
  private on = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<{ on: boolean }>) => {
      this.on = data.on;
    };
  }

  process([input]: Channels[], [output]: Channels[]): boolean {
    const samples = mixDown(input, output);
    if (samples && this.on) this.normaliser.process(samples);
    return true;
  }
}

/** Limits the mix that goes to the ear, and reports what went there. */
class GuardProcessor extends AudioWorkletProcessor {
  private readonly guard = new Guard(sampleRate);

  process([input]: Channels[], [output]: Channels[]): boolean {
    const samples = mixDown(input, output);
    if (!samples) return true;
    this.guard.process(samples);
    const report = this.guard.report(REPORT_S);
    if (report) this.port.postMessage(report);
    return true;
  }
}

/** The mean of all channels that come in, in the one that goes out. */
function mixDown(input: Channels, output: Channels): Float32Array | null {
  const out = output?.[0];
  if (!out) return null;
  out.fill(0);
  const channels = input ?? [];
  for (const channel of channels) {
    for (let i = 0; i < out.length; i += 1) {
      out[i] = (out[i] ?? 0) + (channel[i] ?? 0) / channels.length;
    }
  }
  return out;
}

registerProcessor("normaliser", NormaliserProcessor);
registerProcessor("guard", GuardProcessor);
