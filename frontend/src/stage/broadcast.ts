import { Room, RoomEvent, Track, type LocalTrackPublication } from "livekit-client";
import { ApiError } from "../api/errors";
import type { StageAdmission } from "../api/types";
import { backoffMs } from "../common/backoff";
import {
  parseStageMessage,
  type CaptionMessage,
  type Signal,
  type StageState,
} from "../common/captions/messages";

/** A booth says when it is over; a word that got lost must not stand for ever. */
const SIGNAL_LASTS_MS: Record<Signal["kind"], number> = {
  slow_down: 30_000,
  sound_unfit: 10 * 60_000,
};
const BITS_PER_S = 64_000;
/** The service said no for good: trying again changes nothing. */
const FINAL_CODES = ["invitation_unknown", "invitation_expired", "session_ended"];

export interface BroadcastState {
  phase: "off" | "connecting" | "on" | "reconnecting" | "refused";
  muted: boolean;
  /** When this speaker went on the stage; reconnections do not change it. */
  sinceMs: number | null;
  /** Why it was refused. */
  code: string | null;
  message: StageState | null;
  /** What the booths ask for now, by `kind/language`, and until when it is shown. */
  signals: Readonly<Record<string, Signal & { untilMs: number }>>;
}

const OFF: BroadcastState = {
  phase: "off",
  muted: false,
  sinceMs: null,
  code: null,
  message: null,
  signals: {},
};

/** The signals after one more. */
export function withSignal(
  signals: BroadcastState["signals"],
  signal: Signal,
  nowMs: number,
): BroadcastState["signals"] {
  const key = `${signal.kind}/${signal.language}`;
  const others = Object.entries(signals).filter(
    ([other, { untilMs }]) => other !== key && untilMs > nowMs,
  );
  const untilMs = nowMs + SIGNAL_LASTS_MS[signal.kind];
  return Object.fromEntries(signal.on ? [...others, [key, { ...signal, untilMs }]] : others);
}

/** Carries a speaker's microphone to the stage room, and comes back after every loss. */
export class Broadcast {
  state: BroadcastState = OFF;
  private readonly listeners = new Set<() => void>();
  private room: Room | null = null;
  private publication: LocalTrackPublication | null = null;
  private track: MediaStreamTrack | null = null;
  /** Numbers the goes on air, so that an overtaken one notices. */
  private turn = 0;

  constructor(
    private readonly enter: () => Promise<StageAdmission>,
    private readonly onCaption: (message: CaptionMessage) => void,
    private readonly newRoom = () => new Room({ stopLocalTrackOnUnpublish: false }),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): BroadcastState => this.state;

  start(track: MediaStreamTrack): void {
    this.track = track;
    this.set({ ...OFF, muted: this.state.muted, phase: "connecting" });
    void this.run(++this.turn);
  }

  stop(): void {
    this.turn += 1;
    this.leave();
    this.set(OFF);
  }

  /** Another microphone, without leaving the stage. */
  async replace(track: MediaStreamTrack): Promise<void> {
    this.track = track;
    track.enabled = !this.state.muted;
    if (this.state.phase === "off" || this.state.phase === "refused") return;
    const published = this.publication?.audioTrack;
    if (published) await published.replaceTrack(track, { userProvidedTrack: true });
    this.applyMute();
  }

  mute(muted: boolean): void {
    this.set({ muted });
    this.applyMute();
  }

  private applyMute(): void {
    if (this.track) this.track.enabled = !this.state.muted;
    const published = this.publication?.audioTrack;
    if (!published) return;
    void (this.state.muted ? published.mute() : published.unmute());
  }

  private set(change: Partial<BroadcastState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private async run(turn: number): Promise<void> {
    for (let tries = 0; turn === this.turn; tries += 1) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, backoffMs(tries)));
      if (turn !== this.turn) return;
      try {
        await this.goOn(turn);
        return;
      } catch (error) {
        if (turn !== this.turn) return;
        if (error instanceof ApiError && FINAL_CODES.includes(error.code)) {
          this.set({ phase: "refused", code: error.code });
          return;
        }
        this.set({ phase: "reconnecting" });
      }
    }
  }

  private async goOn(turn: number): Promise<void> {
    const { url, token } = await this.enter();
    if (turn !== this.turn || !this.track) return;
    const room = this.newRoom();
    this.leave();
    this.room = room;
    room
      .on(RoomEvent.DataReceived, (payload, _participant, _kind, topic) => {
        const message = parseStageMessage(topic, payload);
        if (!message) return;
        switch (message.kind) {
          case "state":
            return this.set({ message });
          case "slow_down":
          case "sound_unfit":
            return this.set({ signals: withSignal(this.state.signals, message, Date.now()) });
          default:
            this.onCaption(message);
        }
      })
      .on(RoomEvent.Reconnecting, () => this.set({ phase: "reconnecting" }))
      .on(RoomEvent.SignalReconnecting, () => this.set({ phase: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => this.set({ phase: "on" }))
      .on(RoomEvent.Disconnected, () => {
        if (room !== this.room) return;
        this.set({ phase: "reconnecting" });
        void this.run(++this.turn);
      });
    await room.connect(url, token, { autoSubscribe: false });
    // Who is muted is never heard, not even for the moment of a reconnection.
    this.track.enabled = !this.state.muted;
    this.publication = await room.localParticipant.publishTrack(this.track, {
      source: Track.Source.Microphone,
      name: "microphone",
      audioPreset: { maxBitrate: BITS_PER_S },
      forceStereo: false,
      dtx: false,
      red: true,
      stopMicTrackOnMute: false,
    });
    if (room !== this.room) return void room.disconnect();
    this.applyMute();
    this.set({ phase: "on", sinceMs: this.state.sinceMs ?? Date.now() });
  }

  private leave(): void {
    const room = this.room;
    this.room = null;
    this.publication = null;
    void room?.disconnect(false);
  }
}
