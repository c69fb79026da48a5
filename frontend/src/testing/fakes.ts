import type { Admission, Language, Session } from "../api/types";
import type { ChannelRoom, RoomHandlers, Sound } from "../listen/sound/channelRoom";

/** Shipped fakes: what the tests put in place of the service, LiveKit and the loudspeaker. */

export const language = (tag: string): Language => ({
  tag,
  name: tag,
  english_name: tag,
  direction: "ltr",
});

export const session = (state: Session["state"], ...tags: string[]): Session => ({
  id: "s1",
  title: "Keynote",
  source_language: language("en"),
  state,
  starts_at: null,
  started_at: null,
  ended_at: null,
  channels: ["en", ...tags].map((tag) => ({ language: language(tag), original: tag === "en" })),
});

export const admission = (tag: string): Admission => ({
  url: "ws://media",
  token: `token-${tag}`,
  room: `s1.${tag}.0`,
  language: language(tag),
  session: session("live", tag),
  clock_s: 0,
  captions: [],
  voices: [],
});

/** A track whose packets come as long as `flows`. */
export class FakeSound implements Sound {
  mediaStreamTrack = {} as MediaStreamTrack;
  flows = true;
  packets = 0;

  hasBegun = () => this.flows;
  count = () => {
    if (this.flows) this.packets += 12;
    return Promise.resolve({ packets: this.packets, samples: this.packets * 960 });
  };
}

/** A listener room: the test decides who publishes and when it is lost. */
export class FakeRoom implements ChannelRoom {
  hearing = false;
  closed = false;

  constructor(
    readonly language: string,
    readonly handlers: RoomHandlers,
    private sound: FakeSound | null,
  ) {}

  hear = (on: boolean) => {
    const was = this.hearing;
    this.hearing = on;
    if (on && !was) this.handlers.onSound(this.sound);
  };

  close = () => {
    this.closed = true;
  };

  publish(sound: FakeSound | null): void {
    this.sound = sound;
    if (this.hearing) this.handlers.onSound(sound);
  }
}

export class FakeOutput {
  played: { sound: Sound; softly: boolean }[] = [];
  unlocked = 0;
  stopped = 0;

  unlock = () => {
    this.unlocked += 1;
  };
  play = (sound: Sound, softly: boolean) => {
    this.played.push({ sound, softly });
    return Promise.resolve();
  };
  stop = () => {
    this.stopped += 1;
  };
}
