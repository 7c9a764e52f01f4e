/** Sound by way of nodes: streams, mixed to one channel, into a worklet. For two sources, and where nothing else is. */

import { SAMPLE_RATE } from "./sound_format.js";

const PROCESSOR = "vox-mixed-sound";
const REVIVE_MS = 1_000;

/** Two sources at full level together must not be cut off. */
const MIXED_GAIN = Math.SQRT1_2;

/**
 * A Graph for streams. Raises AbortError where the worklet, which is a file from the server, is out of reach.
 *
 * Browsers that refuse to bring a microphone into a 16 kHz context get one at the sound card's own rate;
 * the worklet resamples there.
 */
export async function openGraph(streams, workletUrl) {
  try {
    return await graphOf(streams, workletUrl, { sampleRate: SAMPLE_RATE });
  } catch (error) {
    if (error.name !== "NotSupportedError") throw error;
    return graphOf(streams, workletUrl, {});
  }
}

async function graphOf(streams, workletUrl, options) {
  const context = new AudioContext(options);
  try {
    const mix = connect(context, streams);
    await context.audioWorklet.addModule(workletUrl);
    const node = worklet(context);
    mix.connect(node).connect(context.destination);
    return new Graph(streams, { context, node, mix });
  } catch (error) {
    await context.close();
    throw error;
  }
}

class Graph {
  constructor(streams, nodes) {
    Object.assign(this, { streams, ...nodes });
  }

  /** Frames and answers of `OrderedFrames` come from here. */
  get port() {
    return this.node.port;
  }

  /** A stream of all sources together; a single one as it comes. */
  get whole() {
    if (this.streams.length === 1) return this.streams[0].stream;
    const destination = new MediaStreamAudioDestinationNode(this.context);
    this.mix.connect(destination);
    return destination.stream;
  }

  /** Pass an order of `OrderedFrames` on. */
  order(order) {
    this.port.postMessage(order);
    this.#revive();
  }

  /** Keep it running as long as the scope lives; `broken()` once it cannot run any more. */
  guard(scope, broken) {
    scope.listen(this.context, "statechange", () => this.#revive());
    scope.listen(document, "visibilitychange", () => this.#revive());
    scope.every(REVIVE_MS, () => this.#revive());
    scope.listen(this.node, "processorerror", broken);
  }

  async close() {
    this.port.postMessage("end");
    await this.context.close();
  }

  /** Calls and sleeping phones suspend a context; it wakes up only when asked to. */
  #revive() {
    if (this.context.state !== "running") this.context.resume().catch(() => {});
  }
}

function connect(context, streams) {
  const mix = new GainNode(context, { gain: streams.length > 1 ? MIXED_GAIN : 1 });
  for (const { stream } of streams) context.createMediaStreamSource(stream).connect(mix);
  return mix;
}

/** Nobody hears its output; it is there because browsers only run well what leads to the loudspeaker. */
function worklet(context) {
  return new AudioWorkletNode(context, PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    channelCount: 1,
    channelCountMode: "explicit",
  });
}
