/** How loud it is, whether it is cut off, and whether somebody speaks: plain arithmetic on samples. */

const CLIPPED = 32_700;
const FULL_SCALE = 32_768;

const FLOOR_AT_FIRST = 0.003;
const FLOOR_LEAST = 0.0002;
const FLOOR_MOST = 0.05;
const FLOOR_RISE = 1.02;
const FLOOR_FALL = 0.5;
const ABOVE_FLOOR = 2.5;
const AUDIBLE_RMS = 0.001;
const HANG_FRAMES = 3;

/** `{peak, rms, clipped}` of 16-bit samples: peak and rms 0..1, clipped a number of samples. */
export function measure(samples) {
  let [peak, sum, clipped] = [0, 0, 0];
  for (const sample of samples) {
    const size = Math.abs(sample);
    if (size > peak) peak = size;
    if (size >= CLIPPED) clipped += 1;
    sum += size * size;
  }
  return { peak: peak / FULL_SCALE, rms: Math.sqrt(sum / (samples.length || 1)) / FULL_SCALE, clipped };
}

/**
 * Whether frames of 100 ms have a voice in them: louder than the noise of the room, which it learns.
 *
 * The floor sinks quickly and rises by a few decibels a second, so that pauses between words keep it down
 * and a fan that starts is part of the room some seconds later.
 */
export class VoiceSense {
  #floor = FLOOR_AT_FIRST;
  #hang = 0;

  hear(rms) {
    const isLoud = rms > Math.max(AUDIBLE_RMS, this.#floor * ABOVE_FLOOR);
    this.#learn(rms);
    this.#hang = isLoud ? HANG_FRAMES : Math.max(0, this.#hang - 1);
    return isLoud || this.#hang > 0;
  }

  #learn(rms) {
    const sunk = this.#floor + (rms - this.#floor) * FLOOR_FALL;
    const floor = rms < this.#floor ? sunk : Math.min(rms, this.#floor * FLOOR_RISE);
    this.#floor = Math.max(FLOOR_LEAST, Math.min(FLOOR_MOST, floor));
  }
}

const CLIPPING_HELD_MS = 1_000;

/** What pages show: the level now, whether it was cut off a moment ago, and for how long nobody was heard. */
export class LevelWatch {
  #silentMs = 0;
  #sinceClippedMs = CLIPPING_HELD_MS;

  /** Take one frame's `{peak, rms, clipped, voiced}` of `ms` milliseconds in. */
  hear({ peak, rms, clipped, voiced }, ms) {
    this.#silentMs = voiced ? 0 : this.#silentMs + ms;
    this.#sinceClippedMs = clipped ? 0 : this.#sinceClippedMs + ms;
    return { peak, rms, clipping: this.#sinceClippedMs < CLIPPING_HELD_MS, silentMs: this.#silentMs };
  }
}
