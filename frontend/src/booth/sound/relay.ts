import { backoffMs } from "../../common/backoff";
import type { Admission } from "../../api/types";
import type { ChannelRoom, OpenRoom, Sound } from "../../listen/sound/channelRoom";
import { beginWatch, look, verdict, type Watch } from "../../listen/sound/watchdog";

const LOOK_MS = 500;

export interface RelayParts {
  listen: (language: string) => Promise<Admission>;
  openRoom: OpenRoom;
  onTrack: (track: MediaStreamTrack | null) => void;
}

/**
 * One channel as its listeners hear it, for relay and as a monitor. Comes back after a loss, and
 * looks for another room where no packets come.
 */
export class Relay {
  private room: ChannelRoom | null = null;
  private sound: Sound | null = null;
  private watch: Watch = beginWatch(0);
  private tries = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly looking: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(
    private readonly language: string,
    private readonly parts: RelayParts,
  ) {
    this.looking = setInterval(() => void this.lookOnce(), LOOK_MS);
    void this.connect();
  }

  close(): void {
    this.closed = true;
    clearInterval(this.looking);
    clearTimeout(this.retry);
    this.leave();
  }

  private async connect(): Promise<void> {
    try {
      const admission = await this.parts.listen(this.language);
      const room = await this.parts.openRoom(
        { ...admission, language: this.language },
        {
          onMessage: () => undefined,
          onSound: (sound) => {
            this.sound = sound;
            this.watch = beginWatch(performance.now());
            this.parts.onTrack(sound?.mediaStreamTrack ?? null);
          },
          onLost: () => this.again(),
        },
      );
      if (this.closed) {
        room.close();
        return;
      }
      this.room = room;
      room.hear(true);
    } catch {
      this.again();
    }
  }

  private async lookOnce(): Promise<void> {
    const { sound } = this;
    const packets = (await sound?.count().catch(() => null))?.packets ?? null;
    if (!sound || sound !== this.sound || this.closed) return;
    this.watch = look(this.watch, performance.now(), packets);
    const word = verdict(this.watch);
    if (word === "flowing") this.tries = 0;
    if (word === "lost") this.again();
  }

  private again(): void {
    this.leave();
    if (this.closed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), backoffMs(this.tries));
    this.tries += 1;
  }

  private leave(): void {
    this.room?.close();
    this.room = null;
    if (this.sound) this.parts.onTrack(null);
    this.sound = null;
  }
}
