import {
  Room,
  RoomEvent,
  Track,
  type RemoteTrack,
  type RemoteTrackPublication,
} from "livekit-client";
import {
  parseMessage,
  type CaptionMessage,
  type StateMessage,
} from "../../common/captions/messages";
import { fenceOf, newestPublisher } from "./publisher";

/** An older publisher plays on for a moment, until the newer one's sound has taken over. */
const OVERLAP_MS = 1500;

/** What of a received track the page needs. */
export interface Sound {
  mediaStreamTrack: MediaStreamTrack;
  /** Whether any of it was played out. */
  hasBegun: () => boolean;
  /** What the network brought so far. `samples` also grow where the browser fills a gap. */
  count: () => Promise<{ packets: number; samples: number } | null>;
}

export interface RoomHandlers {
  onMessage: (message: CaptionMessage | StateMessage) => void;
  /** The newest publisher's sound; null when there is none. */
  onSound: (sound: Sound | null) => void;
  onLost: () => void;
}

/** A connection to one listener room of a channel. */
export interface ChannelRoom {
  /** Subscribes to the channel's sound, or lets go of it. Captions come either way. */
  hear: (on: boolean) => void;
  close: () => void;
}

/** `hear`: the sound is wanted at once. */
export type OpenRoom = (
  admission: { url: string; token: string; language: string; hear?: boolean },
  handlers: RoomHandlers,
  newRoom?: () => Room,
) => Promise<ChannelRoom>;

/** Connects. Rejects when the room cannot be reached; afterwards `onLost` tells of the end. */
export const openRoom: OpenRoom = async (
  { url, token, language, hear = false },
  handlers,
  newRoom = () => new Room({ disconnectOnPageLeave: true }),
) => {
  const room = newRoom();
  let hearing = hear;
  let closed = false;
  /** The track that the page was told of last. */
  let told: RemoteTrack | null = null;
  let overlap: ReturnType<typeof setTimeout> | undefined;

  const publications = () => {
    const newest = newestPublisher(room.remoteParticipants.values(), language);
    const all: RemoteTrackPublication[] = [];
    for (const participant of room.remoteParticipants.values()) {
      if (fenceOf(participant.identity, language) === null) continue;
      all.push(...participant.trackPublications.values());
    }
    const wanted = newest?.getTrackPublication(Track.Source.Microphone) ?? null;
    return { wanted: wanted, all };
  };

  const subscribe = () => {
    if (closed || !hearing) return;
    const { wanted } = publications();
    if (!wanted) {
      told = null;
      handlers.onSound(null);
      return;
    }
    if (!wanted.isSubscribed) wanted.setSubscribed(true);
    if (wanted.isSubscribed && wanted.track) tell(wanted.track);
  };

  const letGo = () => {
    told = null;
    for (const publication of publications().all) publication.setSubscribed(false);
  };

  const tell = (track: RemoteTrack) => {
    if (track === told) return;
    told = track;
    handlers.onSound({
      mediaStreamTrack: track.mediaStreamTrack,
      hasBegun: () => (track.receiver?.getSynchronizationSources().length ?? 0) > 0,
      count: () => count(track),
    });
  };

  const onTrack = (track: RemoteTrack, publication: RemoteTrackPublication) => {
    const { wanted } = publications();
    if (closed || !hearing || publication !== wanted) return;
    tell(track);
    clearTimeout(overlap);
    overlap = setTimeout(() => {
      const now = publications();
      for (const other of now.all) if (other !== now.wanted) other.setSubscribed(false);
    }, OVERLAP_MS);
  };

  room
    .on(RoomEvent.DataReceived, (payload, participant, _kind, topic) => {
      const message = parseMessage(topic, payload);
      const newest = newestPublisher(room.remoteParticipants.values(), language);
      const isOld = message?.kind === "state" && newest && participant && participant !== newest;
      if (message && !isOld && !closed) handlers.onMessage(message);
    })
    // Who publishes is known some round trips before the connection for sound is there.
    .on(RoomEvent.SignalConnected, subscribe)
    .on(RoomEvent.TrackPublished, subscribe)
    .on(RoomEvent.TrackUnpublished, subscribe)
    .on(RoomEvent.ParticipantDisconnected, subscribe)
    .on(RoomEvent.Reconnected, subscribe)
    .on(RoomEvent.TrackSubscribed, onTrack)
    .on(RoomEvent.Disconnected, () => {
      if (!closed) handlers.onLost();
    });

  await room.connect(url, token, { autoSubscribe: false, maxRetries: 0 });

  return {
    hear: (on) => {
      hearing = on;
      if (on) subscribe();
      else letGo();
    },
    close: () => {
      closed = true;
      clearTimeout(overlap);
      void room.disconnect();
    },
  };
};

async function count(track: RemoteTrack) {
  const report = await track.getRTCStatsReport();
  for (const entry of (report?.values() ?? []) as Iterable<RTCInboundRtpStreamStats>) {
    if (entry.type !== "inbound-rtp") continue;
    return {
      packets: entry.packetsReceived ?? 0,
      samples: (entry as { totalSamplesReceived?: number }).totalSamplesReceived ?? 0,
    };
  }
  return null;
}
