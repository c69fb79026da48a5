import {
  LocalAudioTrack,
  Room,
  RoomEvent,
  Track,
  type LocalTrack,
  type LocalTrackPublication,
  type RemoteTrackPublication,
} from "livekit-client";
import { ApiError } from "../../api/errors";
import type { BoothToken } from "../../api/types";
import { backoffMs } from "../../common/backoff";
import { lossBetween, type Counters } from "./loss";

const BITS_PER_S = 96_000;
const STATS_MS = 1000;
/** The service said no for good. */
const FINAL_STATUS = [401, 403, 404, 410];
/** Whoever else has a microphone on stage is part of the floor. */
const NOT_FLOOR = /^(interpreter|channel|floor)\./;

export interface StageRoomState {
  phase: "off" | "connecting" | "on" | "reconnecting" | "refused";
  muted: boolean;
  /** Of the way from here to the server and back, by the microphone's own packets. */
  roundTripS: number | null;
  /** The part of packets that are lost on the way out and on the way in, 0 to 1. */
  lossOut: number | null;
  lossIn: number | null;
}

const OFF: StageRoomState = {
  phase: "off",
  muted: true,
  roundTripS: null,
  lossOut: null,
  lossIn: null,
};

/**
 * An interpreter in the stage room: her microphone goes there, the floor comes from there. Comes
 * back after every loss, muted or not as before.
 */
export class StageRoom {
  state: StageRoomState = OFF;
  private readonly listeners = new Set<() => void>();
  private room: Room | null = null;
  private publication: LocalTrackPublication | null = null;
  private track: MediaStreamTrack | null = null;
  private coughing = false;
  private counters: { out: Counters; in: Counters } | null = null;
  private stats: ReturnType<typeof setInterval> | undefined;
  /** Numbers the connections, so that an overtaken one notices. */
  private turn = 0;

  constructor(
    private readonly enter: () => Promise<BoothToken>,
    private readonly onFloor: (tracks: MediaStreamTrack[]) => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): StageRoomState => this.state;

  /** Enters, with a microphone or, until there is one, to listen only. */
  open(muted: boolean): void {
    if (this.state.phase !== "off") return;
    this.set({ ...OFF, muted, phase: "connecting" });
    this.stats = setInterval(() => void this.count(), STATS_MS);
    void this.run(++this.turn);
  }

  close(): void {
    this.turn += 1;
    clearInterval(this.stats);
    this.leave();
    this.onFloor([]);
    this.set({ ...OFF, muted: this.state.muted });
  }

  /** The microphone to send, or another one, without leaving. */
  async setTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    this.applyMute();
    const published = this.publication?.audioTrack;
    if (track && published) await published.replaceTrack(track, { userProvidedTrack: true });
    else if (track && this.room && this.state.phase === "on") await this.publish(this.room, track);
    this.applyMute();
  }

  mute(muted: boolean): void {
    this.set({ muted });
    this.applyMute();
  }

  /** Silence for a moment. She stays on air: silence is sent, nothing is muted. */
  cough(on: boolean): void {
    this.coughing = on;
    this.applyMute();
  }

  private applyMute(): void {
    if (this.track) this.track.enabled = !this.state.muted && !this.coughing;
    const published = this.publication?.audioTrack;
    if (!published || published.isMuted === this.state.muted) return;
    const done = this.state.muted ? published.mute() : published.unmute();
    // Unmuting enables the track: a cough that goes on stays silent.
    void done.then(() => {
      if (this.track) this.track.enabled = !this.state.muted && !this.coughing;
    });
  }

  private set(change: Partial<StageRoomState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private async run(turn: number): Promise<void> {
    for (let tries = 0; turn === this.turn; tries += 1) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, backoffMs(tries)));
      if (turn !== this.turn) return;
      try {
        await this.goIn(turn);
        return;
      } catch (error) {
        if (turn !== this.turn) return;
        if (error instanceof ApiError && FINAL_STATUS.includes(error.status)) {
          this.set({ phase: "refused" });
          return;
        }
        this.set({ phase: "reconnecting" });
      }
    }
  }

  private async goIn(turn: number): Promise<void> {
    const { url, token } = await this.enter();
    if (turn !== this.turn) return;
    const room = new Room({ stopLocalTrackOnUnpublish: false });
    this.leave();
    this.room = room;
    const relist = () => {
      if (room === this.room) this.hearFloor(room);
    };
    room
      .on(RoomEvent.TrackPublished, relist)
      .on(RoomEvent.TrackUnpublished, relist)
      .on(RoomEvent.TrackSubscribed, relist)
      .on(RoomEvent.TrackUnsubscribed, relist)
      .on(RoomEvent.ParticipantDisconnected, relist)
      .on(RoomEvent.Reconnecting, () => this.set({ phase: "reconnecting" }))
      .on(RoomEvent.SignalReconnecting, () => this.set({ phase: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => {
        this.set({ phase: "on" });
        relist();
      })
      .on(RoomEvent.Disconnected, () => {
        if (room !== this.room) return;
        this.set({ phase: "reconnecting" });
        void this.run(++this.turn);
      });
    await room.connect(url, token, { autoSubscribe: false });
    if (room !== this.room) return void room.disconnect();
    relist();
    if (this.track) await this.publish(room, this.track);
    this.set({ phase: "on" });
  }

  private async publish(room: Room, track: MediaStreamTrack): Promise<void> {
    // Who is muted is never heard, nor seen open, not even for the moment of a reconnection.
    // (The library's own types do not fit each other under exact optional properties: hence `as`.)
    const microphone = new LocalAudioTrack(track, undefined, true);
    microphone.source = Track.Source.Microphone;
    if (this.state.muted) await microphone.mute();
    else track.enabled = !this.coughing;
    const publication = await room.localParticipant.publishTrack(microphone as LocalTrack, {
      source: Track.Source.Microphone,
      name: "microphone",
      audioPreset: { maxBitrate: BITS_PER_S },
      forceStereo: false,
      dtx: false,
      red: true,
      stopMicTrackOnMute: false,
    });
    if (room !== this.room) return;
    this.publication = publication;
    this.applyMute();
  }

  private floorOf(room: Room): RemoteTrackPublication[] {
    return [...room.remoteParticipants.values()]
      .filter(({ identity }) => !NOT_FLOOR.test(identity))
      .flatMap((participant) => [...participant.trackPublications.values()])
      .filter(({ kind }) => kind === Track.Kind.Audio);
  }

  private hearFloor(room: Room): void {
    const floor = this.floorOf(room);
    for (const publication of floor) if (!publication.isSubscribed) publication.setSubscribed(true);
    this.onFloor(floor.flatMap(({ track }) => (track ? [track.mediaStreamTrack] : [])));
  }

  private async count(): Promise<void> {
    const room = this.room;
    if (!room || this.state.phase !== "on") return;
    const out: Counters = { packets: 0, lost: 0 };
    const came: Counters = { packets: 0, lost: 0 };
    let roundTripS: number | null = null;
    const mine = await this.publication?.audioTrack?.getRTCStatsReport();
    for (const entry of (mine?.values() ?? []) as Iterable<Record<string, number | string>>) {
      if (entry["type"] === "outbound-rtp") out.packets += Number(entry["packetsSent"] ?? 0);
      if (entry["type"] !== "remote-inbound-rtp") continue;
      out.lost += Number(entry["packetsLost"] ?? 0);
      if (entry["roundTripTime"] !== undefined) roundTripS = Number(entry["roundTripTime"]);
    }
    for (const { track } of this.floorOf(room)) {
      const report = await track?.getRTCStatsReport();
      for (const entry of (report?.values() ?? []) as Iterable<Record<string, number | string>>) {
        if (entry["type"] !== "inbound-rtp") continue;
        came.packets += Number(entry["packetsReceived"] ?? 0);
        came.lost += Number(entry["packetsLost"] ?? 0);
      }
    }
    if (room !== this.room) return;
    const before = this.counters;
    this.counters = { out, in: came };
    this.set({
      roundTripS,
      lossOut: lossBetween(before?.out ?? null, out, "sent"),
      lossIn: lossBetween(before?.in ?? null, came, "received"),
    });
  }

  private leave(): void {
    const room = this.room;
    this.room = null;
    this.publication = null;
    this.counters = null;
    void room?.disconnect(false);
  }
}
