// What a page gives to its headset, and when each sample leaves it by the browser's own account.
// Loaded before the page's scripts; the page knows nothing of it.
(() => {
  const RECORDER = `
    registerProcessor("recorder", class extends AudioWorkletProcessor {
      pieces = [];
      process([input]) {
        if (this.pieces.length === 0) this.first = currentFrame;
        this.pieces.push(input[0] ? input[0].slice() : new Float32Array(128));
        if (this.pieces.length === 40) {
          this.port.postMessage({ first: this.first, pieces: this.pieces });
          this.pieces = [];
        }
        return true;
      }
    });`;
  const KEPT = 40;

  window.headset = { heard: [] };

  const record = async (context, node) => {
    const module = URL.createObjectURL(new Blob([RECORDER], { type: "text/javascript" }));
    await context.audioWorklet.addModule(module);
    const recorder = new AudioWorkletNode(context, "recorder", { channelCount: 1 });
    recorder.port.onmessage = ({ data: { first, pieces } }) => {
      const { contextTime, performanceTime } = context.getOutputTimestamp();
      const samples = pieces.flatMap((piece) => [...piece]);
      const leaves = performanceTime + (first / context.sampleRate - contextTime) * 1000;
      const began = (leaves + Date.now() - performance.now()) / 1000;
      window.headset.heard.push({ began, samples });
      if (window.headset.heard.length > KEPT) window.headset.heard.shift();
    };
    connect.call(node, recorder);
    connect.call(recorder, context.destination); // silence; without it nothing is drawn from it
  };

  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) void record(this.context, this);
    return connect.call(this, to, ...rest);
  };
})();
