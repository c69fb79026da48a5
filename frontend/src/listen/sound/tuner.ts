import type { Admission, SessionState } from "../../api/types";
import { ApiError, codeOf } from "../../api/errors";
import { backoffMs } from "../../common/backoff";
import type { ChannelRoom, OpenRoom, Sound } from "./channelRoom";
import type { CaptionMessage, StateMessage } from "../../common/captions/messages";
import type { Output } from "./output";
import { PATIENCE_MS, STALL_MS, beginWatch, look, verdict, type Watch } from "./watchdog";

const LOOK_MS = 250;
/** Without sound, the state message of every 2 s is what shows that the room is alive. */
const STALL_WITHOUT_SOUND_MS = 6000;
/** How long the room left behind may play on while the next one's sound becomes steady. */
const LEAVE_WITHIN_MS = 4000;
const VOICELESS_AFTER_MS = 3000;
const LONGEST_REST_MS = 30_000;
/** A service, or a proxy before it, that asks to wait for longer than this is asked again. */
const LONGEST_WAIT_MS = 120_000;

export interface TunerState {
  /** The language wished for; null: none yet. */
  language: string | null;
  soundWanted: boolean;
  phase: "idle" | "connecting" | "on" | "reconnecting";
  /** The browser asks for another tap before it plays. */
  blocked: boolean;
  /** The room is there, but nobody publishes the language. */
  voiceless: boolean;
  /** The language is not offered any more. */
  gone: boolean;
  /** Why the service lets nobody in at present; null: it does. */
  refused: Refusal | null;
  message: StateMessage | null;
}

/** All places are taken; too many come from one address in one minute. */
export type Refusal = "full" | "too_many";

export interface TunerParts {
  listen: (language: string) => Promise<Admission>;
  openRoom: OpenRoom;
  /** null: for captions only. */
  output: Pick<Output, "unlock" | "play" | "stop"> | null;
  /** The service let us in; the connection is there, or failed: time for what was said before. */
  onAdmitted: (language: string) => void;
  onCaption: (message: CaptionMessage) => void;
  /** The channel told how it is, which it does every 2 s. */
  onState: (language: string, message: StateMessage) => void;
  /** The session seems to be in another state than was thought. */
  onSessionChanged: () => void;
  nowMs: () => number;
  random: () => number;
}

/** A connection and what came over it. */
interface Held {
  room: ChannelRoom;
  language: string;
  sound: Sound | null;
  watch: Watch;
  heldAtMs: number;
  /** Before this moment no other room is looked for. */
  restUntilMs: number;
  messages: number;
}

const IDLE: TunerState = {
  language: null,
  soundWanted: false,
  phase: "idle",
  blocked: false,
  voiceless: false,
  gone: false,
  refused: null,
  message: null,
};

/**
 * Keeps one language of one session tuned in, for as long as the page is open: finds its room,
 * watches that packets come, and looks again when they do not. The old room is left only when the
 * new one sounds.
 */
export class Tuner {
  state: TunerState = IDLE;
  private readonly listeners = new Set<() => void>();
  private session: SessionState = "planned";
  private held: Held | null = null;
  private leaving: Held | null = null;
  private leaveTimer: ReturnType<typeof setTimeout> | undefined;
  private lookTimer: ReturnType<typeof setInterval> | undefined;
  private looking = false;
  /** Numbers the searches, so that an overtaken one notices. 0 in `searching`: none runs. */
  private searches = 0;
  private searching = 0;
  private wakeSearch: (() => void) | null = null;
  /** Rooms found in a row that brought no packet. */
  private barren = 0;

  constructor(private readonly parts: TunerParts) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): TunerState => this.state;

  open(): void {
    this.lookTimer ??= setInterval(() => void this.lookOnce(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.lookTimer);
    this.lookTimer = undefined;
    this.leaveAll();
    this.set(IDLE);
  }

  /** Tunes to a language. With sound: call it within the tap. */
  tune(language: string, soundWanted: boolean): void {
    this.barren = 0;
    this.state = { ...IDLE, language, soundWanted, phase: "connecting" };
    // The question is on its way before the page draws itself anew.
    this.search();
    if (soundWanted) this.parts.output?.unlock();
    else this.parts.output?.stop();
    this.tell();
  }

  /** Stops everything and forgets the language. */
  clear(): void {
    this.leaveAll();
    this.set(IDLE);
  }

  startSound(): void {
    const { language } = this.state;
    if (language === null) return;
    this.parts.output?.unlock();
    this.set({ soundWanted: true, blocked: false, phase: "connecting" });
    if (!this.held) return this.search();
    this.held.watch = beginWatch(this.parts.nowMs());
    if (this.held.sound) this.sounds(this.held, this.held.sound);
    else this.held.room.hear(true);
  }

  /** Captions go on. */
  stopSound(): void {
    this.set({ soundWanted: false, blocked: false });
    this.parts.output?.stop();
    if (!this.held) return;
    this.held.sound = null;
    this.held.room.hear(false);
    this.held.watch = beginWatch(this.parts.nowMs());
  }

  setSession(session: SessionState): void {
    const before = this.session;
    this.session = session;
    if (session === before) return;
    // What was said of another state is out of date; the next message comes within 2 s.
    if (this.state.message?.session !== session) this.set({ message: null });
    if (session === "ended" || session === "planned") {
      this.leaveAll();
      this.set({ phase: "idle", refused: null, message: null });
    } else if (this.state.language !== null && !this.state.gone) {
      if (this.held) this.held.watch = beginWatch(this.parts.nowMs());
      else this.search();
    }
  }

  /** The network is back, or the page is looked at again: try now. */
  wake(): void {
    this.wakeSearch?.();
  }

  /** For the output: sound can be heard. */
  heard(): void {
    this.set({ blocked: false, phase: this.session === "live" ? "on" : this.state.phase });
    this.leaveOld();
  }

  blockedByBrowser(): void {
    this.set({ blocked: true });
  }

  private set(change: Partial<TunerState>): void {
    const entries = Object.entries(change) as [keyof TunerState, unknown][];
    if (entries.every(([key, value]) => this.state[key] === value)) return;
    this.state = { ...this.state, ...change };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  /** Every page of a hall may come here in the same instant: `waitMs` spreads them. */
  private search(waitMs = 0): void {
    const { language } = this.state;
    if (language === null || this.session === "ended" || this.session === "planned") return;
    this.searching = ++this.searches;
    void this.searchFor(language, this.searching, waitMs);
  }

  private stopSearching(): void {
    this.searching = 0;
    this.searches += 1;
    this.wakeSearch?.();
  }

  private async searchFor(language: string, search: number, waitMs: number): Promise<void> {
    const overtaken = () => search !== this.searching;
    let askedToWaitMs = 0;
    for (let tries = 0; !overtaken(); tries += 1) {
      const restMs = tries === 0 ? waitMs : askedToWaitMs + backoffMs(tries, this.parts.random());
      if (restMs > 0) await this.rest(restMs);
      if (overtaken()) return;
      try {
        const admission = await this.parts.listen(language);
        if (overtaken()) return;
        // What was said before may wait for the sound, which may not wait for it.
        const hears = this.hearsSound();
        if (!hears) this.parts.onAdmitted(language);
        const held = await this.connect(admission, language).finally(() => {
          if (hears) this.parts.onAdmitted(language);
        });
        if (overtaken()) {
          held.room.close();
          return;
        }
        this.searching = 0;
        this.adopt(held);
        return;
      } catch (error) {
        if (overtaken()) return;
        if (this.isFinal(codeOf(error))) return;
        if (this.held === null && tries > 0) this.set({ phase: "reconnecting" });
        this.set({ refused: refusalOf(error) });
        askedToWaitMs = waitOf(error);
      }
    }
  }

  /** Whether an answer of the service makes further tries pointless. */
  private isFinal(code: string): boolean {
    switch (code) {
      case "language_not_offered":
      case "unknown_session":
        this.leaveAll();
        this.set({ gone: true, phase: "idle", message: null });
        this.parts.onSessionChanged();
        return true;
      case "session_not_started":
      case "session_ended":
        this.searching = 0;
        this.session = code === "session_ended" ? "ended" : "planned";
        this.parts.onSessionChanged();
        return true;
      default:
        return false;
    }
  }

  private rest(forMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, forMs);
      this.wakeSearch = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async connect(admission: Admission, language: string): Promise<Held> {
    const held: Omit<Held, "room"> & { room: ChannelRoom | null } = {
      room: null,
      language,
      sound: null,
      watch: beginWatch(this.parts.nowMs()),
      heldAtMs: this.parts.nowMs(),
      restUntilMs: 0,
      messages: 0,
    };
    held.room = await this.parts.openRoom(
      { url: admission.url, token: admission.token, language, hear: this.hearsSound() },
      {
        onMessage: (message) => {
          held.messages += 1;
          if (language !== this.state.language) return;
          if (message.kind === "state") this.onState(message);
          else this.parts.onCaption(message);
        },
        onSound: (sound) => this.sounds(held as Held, sound),
        onLost: () => this.lost(held as Held),
      },
    );
    return held as Held;
  }

  private adopt(held: Held): void {
    const old = this.held;
    this.held = held;
    this.set({ refused: null });
    held.watch = beginWatch(this.parts.nowMs());
    held.heldAtMs = this.parts.nowMs();
    held.restUntilMs = held.heldAtMs + Math.min(LONGEST_REST_MS, PATIENCE_MS * 2 ** this.barren);
    if (old) {
      this.leaveOld();
      this.leaving = old;
      this.leaveTimer = setTimeout(() => this.leaveOld(), LEAVE_WITHIN_MS);
    }
    const early = held.sound;
    held.room.hear(this.hearsSound());
    if (early && held.sound === early) this.sounds(held, early);
    if (!this.hearsSound()) {
      held.sound = null;
      this.leaveOld();
      this.set({ phase: "on" });
    }
  }

  private sounds(held: Held, sound: Sound | null): void {
    held.sound = sound;
    if (held !== this.held || !sound || !this.state.soundWanted) return;
    this.set({ voiceless: false });
    const flows = this.leaving !== null || verdict(held.watch) === "flowing";
    held.watch = { ...beginWatch(this.parts.nowMs()), flowing: held.watch.flowing };
    void this.parts.output?.play(sound, flows);
  }

  private lost(held: Held): void {
    if (held === this.leaving) return this.leaveOld();
    if (held !== this.held) return;
    this.held = null;
    if (this.session === "live") this.set({ phase: "reconnecting" });
    if (this.searching === 0) this.search(backoffMs(0, this.parts.random()));
  }

  private onState(message: StateMessage): void {
    this.set({ message });
    if (this.state.language !== null) this.parts.onState(this.state.language, message);
    if (message.session !== this.session) this.parts.onSessionChanged();
  }

  private async lookOnce(): Promise<void> {
    const held = this.held;
    if (!held || this.looking) return;
    this.looking = true;
    const count = this.hearsSound() ? await held.sound?.count().catch(() => null) : held.messages;
    this.looking = false;
    if (held !== this.held || held.language !== this.state.language) return;
    this.judge(held, typeof count === "number" ? count : count?.packets);
  }

  private hearsSound(): boolean {
    return this.state.soundWanted && this.parts.output !== null;
  }

  private judge(held: Held, count: number | undefined): void {
    const nowMs = this.parts.nowMs();
    if (this.session !== "live") {
      held.watch = beginWatch(nowMs);
      return;
    }
    held.watch = look(held.watch, nowMs, count ?? null);
    const stallMs = this.hearsSound() ? STALL_MS : STALL_WITHOUT_SOUND_MS;
    switch (verdict(held.watch, stallMs)) {
      case "flowing":
        this.barren = 0;
        this.set({ phase: "on", voiceless: false, refused: null });
        // What was given up works again: no other room is needed.
        if (this.searching !== 0) this.stopSearching();
        return;
      case "waiting":
        return;
      case "stalled":
        return this.set({ phase: "reconnecting" });
      case "lost":
        this.giveUp(held, nowMs);
    }
  }

  private giveUp(held: Held, nowMs: number): void {
    const isBare = held.sound === null && nowMs - held.heldAtMs >= VOICELESS_AFTER_MS;
    const phase = this.state.phase === "connecting" ? "connecting" : "reconnecting";
    this.set({ phase, voiceless: this.hearsSound() && isBare });
    if (this.searching !== 0 || nowMs < held.restUntilMs) return;
    this.barren += 1;
    this.search(this.parts.random() * PATIENCE_MS);
  }

  private leaveOld(): void {
    clearTimeout(this.leaveTimer);
    this.leaving?.room.close();
    this.leaving = null;
  }

  private leaveAll(): void {
    this.stopSearching();
    this.leaveOld();
    this.held?.room.close();
    this.held = null;
    this.parts.output?.stop();
  }
}

function refusalOf(error: unknown): Refusal | null {
  const code = codeOf(error);
  return code === "full" || code === "too_many" ? code : null;
}

function waitOf(error: unknown): number {
  const seconds = error instanceof ApiError ? error.retryAfterS : null;
  return Math.min(LONGEST_WAIT_MS, (seconds ?? 0) * 1000);
}
