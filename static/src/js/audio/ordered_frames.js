/** Frames of sound as the page orders them: the same work in a worklet and in a worker, beside the page. */

import { Framer } from "./framer.js";

/**
 * Obeys "keep" (frames carry their sound from now on) and "hold" (hand out what is begun, then levels only; answers
 * {held: true}). Tells {pcm, peak, rms, clipped, voiced} for every frame, `pcm` an ArrayBuffer or null.
 */
export class OrderedFrames {
  #keeps = false;
  #framer = new Framer((frame) => this.#tell(frame));

  /** `post(message, transfer)` leads to the page. */
  constructor(post) {
    this.post = post;
  }

  /** Take samples of one channel, -1..1, at `sourceRate` Hz. */
  push(samples, sourceRate) {
    this.#framer.push(samples, sourceRate);
  }

  obey(order) {
    this.#framer.flush();
    this.#keeps = order === "keep";
    if (order === "hold") this.post({ held: true }, []);
  }

  #tell({ samples, ...level }) {
    const pcm = this.#keeps ? samples.buffer : null;
    this.post({ pcm, ...level }, pcm ? [pcm] : []);
  }
}
