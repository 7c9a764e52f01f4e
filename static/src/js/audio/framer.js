/** Sound as it comes from the sound card becomes frames of 100 ms, each with its level. */

import { measure, VoiceSense } from "./level.js";
import { Resampler } from "./resampler.js";
import { FRAME_SAMPLES, SAMPLE_RATE, toInt16 } from "./sound_format.js";

export class Framer {
  #samples = new Int16Array(FRAME_SAMPLES);
  #filled = 0;
  #voice = new VoiceSense();
  #sourceRate = SAMPLE_RATE;
  #resampler = null;
  #put = (value) => this.#add(value);

  /** `onFrame({samples, peak, rms, clipped, voiced})`: the Int16Array belongs to the receiver. */
  constructor(onFrame) {
    this.onFrame = onFrame;
  }

  /** Take samples of one channel, -1..1, at the source's rate. */
  push(input, sourceRate) {
    if (sourceRate !== this.#sourceRate) this.#follow(sourceRate);
    if (this.#resampler) this.#resampler.push(input, this.#put);
    else for (const value of input) this.#add(value);
  }

  /** Hand out the last frame, shorter than the others; nothing where nothing is left. */
  flush() {
    this.#resampler?.finish(this.#put);
    if (this.#filled) this.#give();
  }

  /** What was heard at the rate before is finished first: not a sample of it is lost. */
  #follow(sourceRate) {
    this.#resampler?.finish(this.#put);
    this.#sourceRate = sourceRate;
    this.#resampler = sourceRate === SAMPLE_RATE ? null : new Resampler(sourceRate, SAMPLE_RATE);
  }

  #add(value) {
    this.#samples[this.#filled++] = toInt16(value);
    if (this.#filled === FRAME_SAMPLES) this.#give();
  }

  #give() {
    const isWhole = this.#filled === FRAME_SAMPLES;
    const samples = isWhole ? this.#samples : this.#samples.slice(0, this.#filled);
    if (isWhole) this.#samples = new Int16Array(FRAME_SAMPLES);
    this.#filled = 0;
    const level = measure(samples);
    this.onFrame({ samples, ...level, voiced: this.#voice.hear(level.rms) });
  }
}
