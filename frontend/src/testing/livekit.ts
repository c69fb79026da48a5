import { RoomEvent, type Room } from "livekit-client";

type Listener = (...told: never[]) => void;

/** A track that somebody publishes; `track` is there from when the server brings it. */
export class FakePublication {
  /** Every wish, in order. */
  readonly wishes: boolean[] = [];
  readonly media = {
    mediaStreamTrack: {},
    receiver: { getSynchronizationSources: () => this.sources },
    getRTCStatsReport: () => Promise.resolve(this.stats),
  };
  track: FakePublication["media"] | undefined;
  sources: object[] = [];
  stats = new Map<string, object>();

  get isSubscribed() {
    return this.wishes.at(-1) === true && this.track !== undefined;
  }
  setSubscribed = (wanted: boolean) => {
    this.wishes.push(wanted);
  };
}

/** A participant with one microphone. */
export class FakeParticipant {
  readonly microphone = new FakePublication();
  constructor(readonly identity: string) {}
  get trackPublications() {
    return new Map([["microphone", this.microphone]]);
  }
  getTrackPublication = () => this.microphone;
}

/** What a speaker published. */
export class FakeOwnTrack {
  readonly done: string[] = [];
  mute = () => Promise.resolve(this.done.push("mute"));
  unmute = () => Promise.resolve(this.done.push("unmute"));
  replaceTrack = (track: unknown) => Promise.resolve(this.done.push(`replace ${nameOf(track)}`));
}

const nameOf = (track: unknown) => (track as { deviceId?: string }).deviceId ?? "";

/** A LiveKit room without a server: the test says who is in it and what comes. */
export class FakeLiveKitRoom {
  readonly remoteParticipants = new Map<string, FakeParticipant>();
  readonly connects: unknown[][] = [];
  readonly published: { track: unknown; enabled: boolean; options: unknown }[] = [];
  readonly own = new FakeOwnTrack();
  connected = false;
  /** What the server says to whoever connects; null: welcome. */
  refusal: Error | null = null;
  /** When the connection for sound is there: later than the one for signals. */
  media = Promise.resolve();
  private readonly listeners = new Map<string, Listener[]>();

  /** For what takes a real one. */
  get room(): Room {
    return this as unknown as Room;
  }

  on = (event: string, listener: Listener) => {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  };
  connect = (...given: unknown[]) => {
    this.connects.push(given);
    if (this.refusal) return Promise.reject(this.refusal);
    this.tell(RoomEvent.SignalConnected);
    return this.media.then(() => {
      this.connected = true;
    });
  };
  disconnect = () => {
    const was = this.connected;
    this.connected = false;
    if (was) this.tell(RoomEvent.Disconnected);
    return Promise.resolve();
  };
  readonly localParticipant = {
    publishTrack: (track: { enabled: boolean }, options: unknown) => {
      this.published.push({ track, enabled: track.enabled, options });
      return Promise.resolve({ audioTrack: this.own });
    },
  };

  tell(event: string, ...told: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...(told as never[]));
  }

  /** Somebody is in the room and publishes, from now on or already. */
  join(identity: string): FakeParticipant {
    const participant = new FakeParticipant(identity);
    this.remoteParticipants.set(identity, participant);
    this.tell(RoomEvent.TrackPublished, participant.microphone, participant);
    return participant;
  }

  /** The server brings what was subscribed to. */
  bring({ microphone }: FakeParticipant): void {
    microphone.track = microphone.media;
    this.tell(RoomEvent.TrackSubscribed, microphone.track, microphone);
  }

  leave(participant: FakeParticipant): void {
    this.remoteParticipants.delete(participant.identity);
    this.tell(RoomEvent.ParticipantDisconnected, participant);
  }

  say(topic: string, message: object, from?: FakeParticipant): void {
    const payload = new TextEncoder().encode(JSON.stringify(message));
    this.tell(RoomEvent.DataReceived, payload, from, undefined, topic);
  }
}
