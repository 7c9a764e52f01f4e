import { Framer } from "../audio/framer.js";

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

/**
 * The part of the recorder that runs beside the page: whatever the page does, no sample waits for it.
 *
 * It hears "keep" (frames carry their sound from now on), "hold" (hand out what is begun, then levels only;
 * answers {held: true}) and "end". It tells {pcm, peak, rms, clipped, voiced}, `pcm` an ArrayBuffer or null.
 */
class Capture extends AudioWorkletProcessor {
  #keeps = false;
  #ended = false;
  #silence = new Float32Array(QUANTUM);
  #framer = new Framer(sampleRate, (frame) => this.#tell(frame));

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.#obey(data);
  }

  /** An input nothing is connected to is silence, not a gap: the clock of the take goes on. */
  process([input], [output]) {
    output[0].fill(INAUDIBLE);
    this.#framer.push(input[0] ?? this.#silence);
    return !this.#ended;
  }

  #obey(order) {
    this.#framer.flush();
    this.#keeps = order === "keep";
    this.#ended = order === "end";
    if (order === "hold") this.port.postMessage({ held: true });
  }

  #tell({ samples, ...level }) {
    const pcm = this.#keeps ? samples.buffer : null;
    this.port.postMessage({ pcm, ...level }, pcm ? [pcm] : []);
  }
}

registerProcessor("vox-capture", Capture);
