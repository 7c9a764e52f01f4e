/** The way of the sound through the browser: streams, mixed to one channel, into the worklet. */

import { SAMPLE_RATE } from "./sound_format.js";

const PROCESSOR = "vox-capture";

/** Two sources at full level together must not be cut off. */
const MIXED_GAIN = Math.SQRT1_2;

/**
 * `{context, node, mix}` for streams; `mix` is the node where all of them meet.
 *
 * Browsers that refuse to bring a microphone into a 16 kHz context get one at the sound card's own rate;
 * the worklet resamples there.
 */
export async function openGraph(streams, workletUrl, rate = SAMPLE_RATE) {
  try {
    return await graphOf(streams, workletUrl, rate ? { sampleRate: rate } : {});
  } catch (error) {
    if (error.name !== "NotSupportedError" || !rate) throw error;
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
    return { context, node, mix };
  } catch (error) {
    await context.close();
    throw error;
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
