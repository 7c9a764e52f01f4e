/**
 * From the sound card's rate to the rate of a take, by a windowed sinc.
 *
 * Positions are counted in whole numbers, so nothing drifts however long it runs: n samples at `from` Hz
 * become ceil(n * to / from) samples at `to` Hz, and sample 0 stays at time 0.
 */

const ZERO_CROSSINGS = 32;
const PASS = 0.95;
const KAISER_BETA = 8;

export class Resampler {
  #taps;
  #half;
  #phases;
  #step;
  #history = new Float32Array(0);
  #held = 0;
  #phase = 0;
  #taken = 0;
  #given = 0;

  constructor(from, to) {
    const common = divisor(from, to);
    this.from = from;
    this.to = to;
    this.#phases = to / common;
    this.#step = from / common;
    this.#half = Math.ceil(ZERO_CROSSINGS * Math.max(1, from / to));
    this.#taps = table(this.#half, this.#phases, Math.min(1, to / from));
    this.reset();
  }

  /** Forget what was heard: the next sample is the first one. */
  reset() {
    this.#history.fill(0);
    this.#held = this.#half - 1;
    this.#phase = 0;
    this.#taken = 0;
    this.#given = 0;
  }

  /** Take `input` (Float32Array) in and hand every finished sample to `put(value)`. */
  push(input, put) {
    this.#taken += input.length;
    this.#append(input);
    this.#give(put, Number.POSITIVE_INFINITY);
  }

  /** Hand out what is still inside, as if silence followed, and begin anew. */
  finish(put) {
    const total = Math.ceil((this.#taken * this.to) / this.from);
    this.#append(new Float32Array(2 * this.#half));
    this.#give(put, total);
    this.reset();
  }

  #append(input) {
    const needed = this.#held + input.length;
    if (needed > this.#history.length) {
      const larger = new Float32Array(2 * needed);
      larger.set(this.#history.subarray(0, this.#held));
      this.#history = larger;
    }
    this.#history.set(input, this.#held);
    this.#held = needed;
  }

  #give(put, total) {
    const width = 2 * this.#half;
    let start = 0;
    while (start + width <= this.#held && this.#given < total) {
      put(this.#at(start, width));
      this.#given += 1;
      this.#phase += this.#step;
      start += Math.floor(this.#phase / this.#phases);
      this.#phase %= this.#phases;
    }
    this.#forget(start);
  }

  #at(start, width) {
    const first = this.#phase * width;
    let sum = 0;
    for (let index = 0; index < width; index++)
      sum += this.#taps[first + index] * this.#history[start + index];
    return sum;
  }

  /** A step is shorter than the window, so `start` never lies beyond what is held. */
  #forget(start) {
    this.#history.copyWithin(0, start, this.#held);
    this.#held -= start;
  }
}

const divisor = (a, b) => (b ? divisor(b, a % b) : a);

/** One row of 2 * half weights per phase; each row sums to 1, so that a constant stays what it is. */
function table(half, phases, ratio) {
  const width = 2 * half;
  const taps = new Float32Array(phases * width);
  for (let phase = 0; phase < phases; phase++) {
    const row = taps.subarray(phase * width, (phase + 1) * width);
    for (let index = 0; index < width; index++)
      row[index] = weight(index - half + 1 - phase / phases, half, ratio);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let index = 0; index < width; index++) row[index] /= sum;
  }
  return taps;
}

function weight(distance, half, ratio) {
  const turn = Math.PI * PASS * ratio * distance;
  const sinc = turn === 0 ? 1 : Math.sin(turn) / turn;
  return sinc * kaiser(distance / half);
}

function kaiser(place) {
  return Math.abs(place) > 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - place * place)) / bessel(KAISER_BETA);
}

/** The modified Bessel function of order 0, by its series. */
function bessel(x) {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
