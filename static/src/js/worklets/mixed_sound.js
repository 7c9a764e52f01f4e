import { OrderedFrames } from "../audio/ordered_frames.js";

const { AudioWorkletProcessor, registerProcessor, sampleRate } = globalThis;

/** Samples that the browser hands over at a time. */
const QUANTUM = 128;

/**
 * What goes to the loudspeaker: 180 dB below anything that can be heard, but not zero.
 *
 * Chromium takes the sound card's clock away from a context that is silent for 30 seconds; the timer that it
 * runs on from then on leaves out samples of the microphone whenever the computer is busy.
 */
const INAUDIBLE = 1e-9;

/** The part of the recorder that runs behind a graph of nodes: whatever the page does, no sample waits for it. */
class MixedSound extends AudioWorkletProcessor {
  #ended = false;
  #silence = new Float32Array(QUANTUM);
  #frames = new OrderedFrames((message, transfer) => this.port.postMessage(message, transfer));

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.#obey(data);
  }

  /** An input nothing is connected to is silence, not a gap: the clock of the take goes on. */
  process([input], [output]) {
    output[0].fill(INAUDIBLE);
    this.#frames.push(input[0] ?? this.#silence, sampleRate);
    return !this.#ended;
  }

  #obey(order) {
    this.#ended = order === "end";
    if (!this.#ended) this.#frames.obey(order);
  }
}

registerProcessor("vox-mixed-sound", MixedSound);
