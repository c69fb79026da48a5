/** Shipped fakes of what jsdom lacks: microphones, the sound they give, recording and playing. */

export class FakeTrack extends EventTarget {
  readonly kind = "audio";
  readyState: "live" | "ended" = "live";
  enabled = true;

  constructor(readonly deviceId: string) {
    super();
  }

  getSettings = () => ({ deviceId: this.deviceId });
  stop = () => {
    this.readyState = "ended";
  };

  unplug(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

export class FakeStream {
  constructor(readonly tracks: FakeTrack[] = []) {}
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks;
}

/** The device's microphones by id, and what the browser says when it is asked for one. */
export class FakeMicrophones extends EventTarget {
  labels: Record<string, string> = { desk: "Desk", head: "Headset" };
  refusal: DOMException | null = null;
  readonly asked: MediaTrackConstraints[] = [];
  readonly given: FakeTrack[] = [];

  getUserMedia = ({ audio }: { audio: MediaTrackConstraints }) => {
    this.asked.push(audio);
    const { deviceId } = audio as { deviceId?: { exact: string } };
    const missing = deviceId && !(deviceId.exact in this.labels);
    const problem = this.refusal ?? (missing && new DOMException("", "OverconstrainedError"));
    if (problem) return Promise.reject(problem);
    const track = new FakeTrack(deviceId?.exact ?? Object.keys(this.labels)[0] ?? "");
    this.given.push(track);
    return Promise.resolve(new FakeStream([track]));
  };

  enumerateDevices = () =>
    Promise.resolve([
      { kind: "audiooutput", deviceId: "speakers", label: "Speakers" },
      ...Object.entries(this.labels).map(([deviceId, label]) => ({
        kind: "audioinput",
        deviceId,
        label,
      })),
    ]);
}

/** What every microphone hears: `samples` from -1 to 1, and how strong each frequency is. */
export const heard = {
  samples: (): Float32Array => new Float32Array(2048),
  /** In dB, from the frequency in Hz. */
  spectrum: (hz: number): number => -100 - hz / 1000,
};

class FakeAnalyser {
  fftSize = 2048;
  get frequencyBinCount() {
    return this.fftSize / 2;
  }
  getFloatTimeDomainData = (into: Float32Array) => {
    into.set(heard.samples().subarray(0, into.length));
  };
  getFloatFrequencyData = (into: Float32Array) => {
    into.forEach((_, bin) => {
      into[bin] = heard.spectrum((bin * 48_000) / this.fftSize);
    });
  };
}

export class FakeAudioContext {
  static open = 0;
  readonly sampleRate = 48_000;
  state = "running";

  constructor() {
    FakeAudioContext.open += 1;
  }
  createAnalyser = () => new FakeAnalyser();
  createMediaStreamSource = () => ({ connect: () => undefined });
  resume = () => Promise.resolve();
  close = () => {
    FakeAudioContext.open -= 1;
    return Promise.resolve();
  };
}

class FakeRecorder extends EventTarget {
  readonly mimeType = "audio/webm";
  state: RecordingState = "inactive";

  start = () => {
    this.state = "recording";
  };
  stop = () => {
    this.state = "inactive";
    this.dispatchEvent(Object.assign(new Event("dataavailable"), { data: new Blob(["sound"]) }));
    this.dispatchEvent(new Event("stop"));
  };
}

/**
 * What plays: jsdom's own elements make no sound and know no `play`. `allows`: whether the browser
 * lets an element sound now.
 */
export class FakeLoudspeaker {
  allows: (element: HTMLMediaElement) => boolean = () => true;

  constructor() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const speaker = this;
    Object.defineProperty(HTMLMediaElement.prototype, "paused", {
      configurable: true,
      get(this: HTMLMediaElement) {
        return this.dataset.playing !== "yes" || !speaker.allows(this);
      },
    });
    HTMLMediaElement.prototype.play = function () {
      if (!speaker.allows(this)) return Promise.reject(new DOMException("", "NotAllowedError"));
      this.dataset.playing = "yes";
      return Promise.resolve();
    };
    HTMLMediaElement.prototype.pause = function () {
      if (this.dataset.playing !== "yes") return;
      this.dataset.playing = "no";
      this.dispatchEvent(new Event("pause"));
    };
  }
}

/** Puts all of them in place; for one file of tests. */
export function withMedia(): FakeMicrophones {
  const microphones = new FakeMicrophones();
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: microphones });
  Object.assign(globalThis, {
    MediaStream: FakeStream,
    AudioContext: FakeAudioContext,
    MediaRecorder: FakeRecorder,
  });
  return microphones;
}
