import type { Sound } from "./channelRoom";

/** A tenth of a second at 48 kHz: from then on a new track plays without a gap. */
const STEADY_SAMPLES = 4800;
const STEADY_WITHIN_MS = 3000;
const LOOK_MS = 10;

export interface OutputHandlers {
  /** The first samples of a track can be heard. */
  onHeard: () => void;
  /** The browser wants another tap before it plays. */
  onBlocked: () => void;
  /** Somebody else paused us: a phone call, or headphones pulled out. */
  onInterrupted: () => void;
}

const NOBODY: OutputHandlers = {
  onHeard: () => undefined,
  onBlocked: () => undefined,
  onInterrupted: () => undefined,
};

/**
 * The page's one `<audio>` element, from the first tap on: a phone that lets it sound once lets it
 * sound again, also when it is locked by the time the next session begins. While a track replaces
 * another there are two: the new one plays muted until its sound is steady, then it becomes the
 * one.
 */
export class Output {
  private handlers = NOBODY;
  private element: HTMLAudioElement | null = null;
  private coming: HTMLAudioElement | null = null;
  private playing: Sound | null = null;

  /** Who is told from now on. */
  tell(handlers: OutputHandlers): void {
    this.handlers = handlers;
  }

  /** To be called within a tap, so that the browser lets later tracks play. */
  unlock(): void {
    const element = (this.element ??= this.makeElement());
    if (!element.paused) return;
    element.srcObject ??= new MediaStream();
    element.play().catch(() => undefined);
  }

  /** Plays a track. `softly`: what plays now goes on until the new track is steady. */
  async play(sound: Sound, softly: boolean): Promise<void> {
    this.dropComing();
    const before = this.playing;
    this.playing = sound;
    if (softly && before && this.element) return this.swap(this.element, sound);
    const element = (this.element ??= this.makeElement());
    await this.start(element, sound);
  }

  stop(): void {
    this.dropComing();
    this.playing = null;
    if (this.element) silence(this.element);
  }

  private async start(element: HTMLAudioElement, sound: Sound): Promise<void> {
    element.srcObject = new MediaStream([sound.mediaStreamTrack]);
    try {
      await element.play();
    } catch (error) {
      if (this.playing !== sound) return;
      if ((error as DOMException).name === "NotAllowedError") this.handlers.onBlocked();
      return;
    }
    if (await this.reaches(sound, () => sound.hasBegun(), Infinity)) this.handlers.onHeard();
  }

  private async swap(old: HTMLAudioElement, sound: Sound): Promise<void> {
    const next = this.makeElement();
    this.coming = next;
    next.muted = true;
    next.srcObject = new MediaStream([sound.mediaStreamTrack]);
    next.play().catch(() => undefined);
    const isSteady = async () => ((await sound.count())?.samples ?? 0) >= STEADY_SAMPLES;
    await this.reaches(sound, isSteady, STEADY_WITHIN_MS);
    if (this.playing !== sound || this.coming !== next) return;
    this.coming = null;
    next.muted = false;
    if (next.paused) {
      // The browser lets only the tapped element sound: keep that one.
      discard(next);
      return this.start(old, sound);
    }
    this.element = next;
    discard(old);
    this.handlers.onHeard();
  }

  /** False when the track was replaced meanwhile, or did not get so far in time. */
  private async reaches(
    sound: Sound,
    there: () => boolean | Promise<boolean>,
    withinMs: number,
  ): Promise<boolean> {
    const end = performance.now() + withinMs;
    while (this.playing === sound && performance.now() < end) {
      if (await there()) return this.playing === sound;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return false;
  }

  private makeElement(): HTMLAudioElement {
    const element = document.createElement("audio");
    element.autoplay = true;
    element.setAttribute("playsinline", "");
    element.addEventListener("pause", () => {
      const track = this.playing?.mediaStreamTrack;
      const byOthers = element === this.element && track?.readyState === "live" && !element.ended;
      if (byOthers) this.handlers.onInterrupted();
    });
    document.body.append(element);
    return element;
  }

  private dropComing(): void {
    if (this.coming) discard(this.coming);
    this.coming = null;
  }
}

function silence(element: HTMLAudioElement): void {
  element.pause();
  element.srcObject = null;
}

function discard(element: HTMLAudioElement): void {
  silence(element);
  element.remove();
}
