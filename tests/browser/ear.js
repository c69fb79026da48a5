// What a listener's ear would notice of a page, measured beside it: how loud what sounds is, and
// for how long nothing sounded. Loaded before the page's own scripts; the page knows nothing of it.
(() => {
  const connections = [];
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };

  /** What goes to the headset where a page mixes itself. */
  const mixes = new Set();
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context, { fftSize: 2048 });
      connect.call(this, analyser);
      mixes.add(analyser);
    }
    return connect.call(this, target, ...rest);
  };

  const sounding = () =>
    [...document.querySelectorAll("audio")].filter(
      (element) => !element.paused && !element.muted && element.srcObject?.getAudioTracks().length,
    );

  /** Decoded samples so far of every received track, by the track's id. */
  const decoded = async () => {
    const counts = new Map();
    for (const connection of connections) {
      if (connection.connectionState === "closed") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === "inbound-rtp" && report.kind === "audio") {
          counts.set(report.trackIdentifier, report.totalSamplesReceived ?? 0);
        }
      }
    }
    return counts;
  };

  const SAMPLES_PER_MS = 48;
  let watching = null;

  window.ear = {
    /** The loudest 50 ms within `seconds` of what plays now (root mean square, 0..1). */
    async loudness(seconds) {
      const context = new AudioContext();
      await context.resume();
      let loudest = 0;
      const analysers = new Map();
      const end = performance.now() + seconds * 1000;
      while (performance.now() < end) {
        for (const element of sounding()) {
          const stream = element.srcObject;
          if (!analysers.has(stream)) {
            const analyser = new AnalyserNode(context, { fftSize: 2048 });
            context.createMediaStreamSource(stream).connect(analyser);
            analysers.set(stream, analyser);
          }
        }
        for (const analyser of [...analysers.values(), ...mixes]) {
          const samples = new Float32Array(2048);
          analyser.getFloatTimeDomainData(samples);
          const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / 2048;
          loudest = Math.max(loudest, Math.sqrt(power));
        }
        await new Promise((done) => setTimeout(done, 40));
      }
      await context.close();
      return loudest;
    },

    /**
     * Begins to compare the sound that was played with the time that went by; what is missing adds
     * up until it is made good. (By counts of samples, not by moments: a slow page looks rarely.)
     */
    watch() {
      const seen = { missing: 0, most: 0, on: true };
      watching = seen;
      (async () => {
        let before = await decoded();
        let looked = performance.now();
        while (seen.on) {
          await new Promise((done) => setTimeout(done, 20));
          const now = await decoded();
          const passed = performance.now() - looked;
          looked += passed;
          const played = sounding()
            .flatMap((element) => element.srcObject.getAudioTracks())
            .map(({ id }) => ((now.get(id) ?? 0) - (before.get(id) ?? 0)) / SAMPLES_PER_MS);
          seen.missing = Math.max(0, seen.missing + passed - Math.max(0, ...played));
          seen.most = Math.max(seen.most, seen.missing);
          before = now;
        }
      })();
    },

    /** How many milliseconds of sound were missing at most since `watch`. */
    unwatch() {
      watching.on = false;
      return watching.most;
    },
  };
})();
