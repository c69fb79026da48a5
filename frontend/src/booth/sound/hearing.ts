import type { Source } from "./mix";
import type { GuardReport } from "./guard/guard";
import workletUrl from "./guard/guard.worklet?worker&url";

/** Full-band speech, and what the network brings. */
const RATE_HZ = 48_000;
/** A change of volume is a ramp of about this length, so that nothing clicks. */
const RAMP_S = 0.03;
const STARTS_MS = 500;

interface Strip {
  normaliser: AudioWorkletNode;
  gain: GainNode;
  /** By track id. The muted element is what makes Chromium decode a remote track at all. */
  inputs: Map<string, { node: MediaStreamAudioSourceNode; element: HTMLAudioElement }>;
}

/**
 * What an interpreter hears: each source normalised and at its volume, mixed, and through the
 * limiter to her headset.
 */
export class Hearing {
  private context: AudioContext | null = null;
  private guard: AudioWorkletNode | null = null;
  private ready: Promise<void> | null = null;
  private readonly strips = new Map<Source, Strip>();
  private readonly tracks = new Map<Source, MediaStreamTrack[]>();
  private gains = new Map<Source, number>();
  private normalises = true;
  private sinkId = "";

  /** `onBlocked`: the browser wants a key or a tap before it plays; or not any more. */
  constructor(
    private readonly onReport: (report: GuardReport) => void,
    private readonly onBlocked: (blocked: boolean) => void,
  ) {}

  /** Starts; again after a failure. Rejects where the browser has no audio worklets. */
  open(): Promise<void> {
    this.ready ??= this.start().catch((error: unknown) => {
      this.ready = null;
      throw error;
    });
    return this.ready;
  }

  close(): void {
    for (const source of [...this.strips.keys()]) this.drop(source);
    void this.context?.close().catch(() => undefined);
    this.context = null;
    this.guard = null;
    this.ready = null;
  }

  resume(): void {
    void this.context?.resume().catch(() => undefined);
  }

  /** The tracks that make up a source now. */
  setTracks(source: Source, tracks: readonly MediaStreamTrack[]): void {
    this.tracks.set(source, [...tracks]);
    this.apply();
  }

  /** What is heard, and how loud. */
  setMix(gains: ReadonlyMap<Source, number>): void {
    this.gains = new Map(gains);
    this.apply();
  }

  setNormalising(on: boolean): void {
    this.normalises = on;
    for (const { normaliser } of this.strips.values()) normaliser.port.postMessage({ on });
  }

  /** Another headset. False where the browser cannot choose. */
  async setSink(sinkId: string): Promise<boolean> {
    this.sinkId = sinkId;
    const context: WithSink | null = this.context;
    if (!context?.setSinkId) return sinkId === "";
    try {
      await context.setSinkId(sinkId);
      return true;
    } catch {
      return false;
    }
  }

  /** Two soft notes in the headset, through the limiter as everything else. */
  chime(): void {
    const { context, guard } = this;
    if (!context || !guard) return;
    [659.25, 880].forEach((hz, index) => {
      const begin = context.currentTime + index * 0.22;
      const note = context.createOscillator();
      const envelope = context.createGain();
      note.frequency.value = hz;
      envelope.gain.setValueAtTime(0, begin);
      envelope.gain.linearRampToValueAtTime(0.12, begin + 0.02);
      envelope.gain.exponentialRampToValueAtTime(0.001, begin + 0.6);
      note.connect(envelope).connect(guard);
      note.start(begin);
      note.stop(begin + 0.65);
    });
  }

  private async start(): Promise<void> {
    const context = new AudioContext({ latencyHint: "interactive", sampleRate: RATE_HZ });
    this.context = context;
    context.addEventListener("statechange", () => this.tell(context));
    // A context begins suspended; one that may play goes on by itself within moments.
    setTimeout(() => this.tell(context), STARTS_MS);
    await context.audioWorklet.addModule(workletUrl);
    if (this.context !== context) return;
    const guard = new AudioWorkletNode(context, "guard", { outputChannelCount: [1] });
    guard.port.onmessage = ({ data }: MessageEvent<GuardReport>) => this.onReport(data);
    guard.connect(context.destination);
    this.guard = guard;
    if (this.sinkId) await this.setSink(this.sinkId);
    this.apply();
  }

  private tell(context: AudioContext): void {
    if (context === this.context) this.onBlocked(context.state !== "running");
  }

  private apply(): void {
    const { context, guard } = this;
    if (!context || !guard) return;
    for (const source of [...this.strips.keys()]) if (!this.gains.has(source)) this.drop(source);
    for (const [source, gain] of this.gains) {
      const strip = this.strips.get(source) ?? this.makeStrip(context, guard, source);
      strip.gain.gain.setTargetAtTime(gain, context.currentTime, RAMP_S / 3);
      this.connect(context, strip, this.tracks.get(source) ?? []);
    }
  }

  private makeStrip(context: AudioContext, guard: AudioNode, source: Source): Strip {
    const normaliser = new AudioWorkletNode(context, "normaliser", { outputChannelCount: [1] });
    normaliser.port.postMessage({ on: this.normalises });
    const gain = context.createGain();
    gain.gain.value = 0;
    normaliser.connect(gain).connect(guard);
    const strip: Strip = { normaliser, gain, inputs: new Map() };
    this.strips.set(source, strip);
    return strip;
  }

  private connect(context: AudioContext, strip: Strip, tracks: readonly MediaStreamTrack[]): void {
    for (const [id, input] of strip.inputs) {
      if (tracks.some((track) => track.id === id)) continue;
      disconnect(input);
      strip.inputs.delete(id);
    }
    for (const track of tracks) {
      if (strip.inputs.has(track.id)) continue;
      const stream = new MediaStream([track]);
      const element = new Audio();
      element.muted = true;
      element.srcObject = stream;
      void element.play().catch(() => undefined);
      const node = context.createMediaStreamSource(stream);
      node.connect(strip.normaliser);
      strip.inputs.set(track.id, { node, element });
    }
  }

  private drop(source: Source): void {
    const strip = this.strips.get(source);
    if (!strip) return;
    for (const input of strip.inputs.values()) disconnect(input);
    strip.normaliser.disconnect();
    strip.gain.disconnect();
    this.strips.delete(source);
  }
}

/** Not every browser has it. */
interface WithSink extends AudioContext {
  setSinkId?: (sinkId: string) => Promise<void>;
}

function disconnect({ node, element }: { node: AudioNode; element: HTMLAudioElement }): void {
  node.disconnect();
  element.pause();
  element.srcObject = null;
}
