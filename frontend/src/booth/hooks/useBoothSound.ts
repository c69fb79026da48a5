import { useEffect, useState, useSyncExternalStore } from "react";
import { enterBooth } from "../../api/booth";
import { listen } from "../../api/listening";
import { openRoom } from "../../listen/sound/channelRoom";
import type { GuardReport } from "../sound/guard/guard";
import { Hearing } from "../sound/hearing";
import type { Source } from "../sound/mix";
import { Relay } from "../sound/relay";
import { StageRoom } from "../sound/stageRoom";

/** All sound of a booth: the stage room, the channels listened to, and the headset. */
export class BoothSound {
  readonly hearing: Hearing;
  readonly stage: StageRoom;
  private readonly relays = new Map<Source, Relay>();

  constructor(
    private readonly sessionId: string,
    onReport: (report: GuardReport) => void,
    onBlocked: (blocked: boolean) => void,
  ) {
    this.hearing = new Hearing(onReport, onBlocked);
    this.stage = new StageRoom(
      () => enterBooth(sessionId),
      (tracks) => this.hearing.setTracks("floor", tracks),
    );
  }

  setMix(mix: ReadonlyMap<Source, number>): void {
    for (const [source, relay] of this.relays) {
      if (mix.has(source)) continue;
      relay.close();
      this.relays.delete(source);
    }
    for (const source of mix.keys()) {
      if (source === "floor" || this.relays.has(source)) continue;
      const relay = new Relay(source.slice("channel:".length), {
        listen: (language) => listen(this.sessionId, language),
        openRoom,
        onTrack: (track) => this.hearing.setTracks(source, track ? [track] : []),
      });
      this.relays.set(source, relay);
    }
    this.hearing.setMix(mix);
  }

  close(): void {
    for (const relay of this.relays.values()) relay.close();
    this.relays.clear();
    this.stage.close();
    this.hearing.close();
  }
}

/**
 * The sound of a booth, alive as long as the component.
 *
 * @param initiallyMuted how the microphone was when the page was left
 * @example
 * const { sound, stage, blocked } = useBoothSound(sessionId, true, onReport);
 */
export function useBoothSound(
  sessionId: string,
  initiallyMuted: boolean,
  onReport: (report: GuardReport) => void,
) {
  const [blocked, setBlocked] = useState(false);
  const [sound] = useState(() => new BoothSound(sessionId, onReport, setBlocked));
  const [muted] = useState(initiallyMuted);
  const stage = useSyncExternalStore(sound.stage.subscribe, sound.stage.snapshot);
  const [deaf, setDeaf] = useState(false);

  useEffect(() => {
    sound.stage.open(muted);
    sound.hearing.open().catch(() => setDeaf(true));
    return () => sound.close();
  }, [sound, muted]);

  // Whatever is pressed or touched, the sound goes on.
  useEffect(() => {
    if (!blocked) return;
    const resume = () => sound.hearing.resume();
    const what = ["keydown", "pointerdown"] as const;
    for (const each of what) window.addEventListener(each, resume, true);
    return () => {
      for (const each of what) window.removeEventListener(each, resume, true);
    };
  }, [sound, blocked]);

  return { sound, stage, deaf, blocked };
}
