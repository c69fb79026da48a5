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
          const samples = new Float32Array(2048);
          analysers.get(stream).getFloatTimeDomainData(samples);
          const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / 2048;
          loudest = Math.max(loudest, Math.sqrt(power));
        }
        await new Promise((done) => setTimeout(done, 40));
      }
      await context.close();
      return loudest;
    },

    /** Begins to note when a playing, unmuted element received samples. */
    watch() {
      const seen = { last: performance.now(), gap: 0, on: true };
      watching = seen;
      let before = new Map();
      (async () => {
        while (seen.on) {
          const now = await decoded();
          const heard = sounding().some((element) =>
            element.srcObject
              .getAudioTracks()
              .some(({ id }) => now.has(id) && now.get(id) > (before.get(id) ?? 0)),
          );
          before = now;
          const at = performance.now();
          seen.gap = Math.max(seen.gap, at - seen.last);
          if (heard) seen.last = at;
          await new Promise((done) => setTimeout(done, 10));
        }
      })();
    },

    /** The longest time in milliseconds, since `watch`, in which nothing played. */
    unwatch() {
      watching.on = false;
      return watching.gap;
    },
  };
})();
