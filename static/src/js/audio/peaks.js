/**
 * Peaks files of audiowaveform (versions 1 and 2, 8 or 16 bit): a header, then minimum and maximum per
 * pixel and channel.
 */

const HEADER_BYTES = { 1: 20, 2: 24 };
const EIGHT_BIT = 1;

/**
 * Read the header. Returns `{headerBytes, bytesPerPixel, pixelsPerSecond, length, bits, channels}`; `length`
 * is the number of pixels in the whole file. Throws a RangeError for anything else than a peaks file.
 */
export function readHeader(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES[1]) throw new RangeError("This is not a peaks file.");
  const version = view.getInt32(0, true);
  const headerBytes = HEADER_BYTES[version];
  if (!headerBytes || buffer.byteLength < headerBytes) throw new RangeError("This is not a peaks file.");
  const bits = view.getUint32(4, true) & EIGHT_BIT ? 8 : 16;
  const channels = version === 2 ? view.getInt32(20, true) : 1;
  return {
    headerBytes,
    bits,
    channels,
    bytesPerPixel: (bits / 8) * 2 * channels,
    pixelsPerSecond: view.getInt32(8, true) / view.getInt32(12, true),
    length: view.getUint32(16, true),
  };
}

/** A run of pixels: `first` is the index in the file of the first one it holds. */
export class Peaks {
  constructor(header, buffer, first = 0) {
    this.pixelsPerSecond = header.pixelsPerSecond;
    this.first = first;
    this.stride = 2 * header.channels;
    this.full = header.bits === 8 ? 128 : 32_768;
    const whole = Math.floor(buffer.byteLength / header.bytesPerPixel) * header.bytesPerPixel;
    this.values = header.bits === 8 ? new Int8Array(buffer, 0, whole) : new Int16Array(buffer, 0, whole / 2);
    this.count = this.values.length / this.stride;
  }

  static ofFile(buffer) {
    const header = readHeader(buffer);
    return new Peaks(header, buffer.slice(header.headerBytes));
  }

  /** Whether the span of media time lies inside what is held. */
  covers(fromMs, toMs) {
    return this.#pixel(fromMs) >= this.first && this.#pixel(toMs) <= this.first + this.count;
  }

  /**
   * Write `columns` pairs (minimum, maximum, each -1..1) for equal slices of the span into `out`, a
   * Float32Array of twice that length; returns it. Slices outside of the file are silent.
   */
  columns(fromMs, toMs, columns, out) {
    const from = this.#exact(fromMs) - this.first;
    const step = (this.#exact(toMs) - this.#exact(fromMs)) / columns;
    for (let column = 0; column < columns; column += 1) {
      const first = Math.floor(from + column * step);
      const behind = Math.max(first + 1, Math.floor(from + (column + 1) * step));
      this.#extremes(first, behind, out, 2 * column);
    }
    return out;
  }

  #extremes(first, behind, out, at) {
    let low = 0;
    let high = 0;
    for (let pixel = Math.max(0, first); pixel < behind && pixel < this.count; pixel += 1) {
      for (let value = pixel * this.stride; value < (pixel + 1) * this.stride; value += 1) {
        if (this.values[value] < low) low = this.values[value];
        if (this.values[value] > high) high = this.values[value];
      }
    }
    out[at] = low / this.full;
    out[at + 1] = high / this.full;
  }

  #exact(ms) {
    return (ms / 1000) * this.pixelsPerSecond;
  }

  #pixel(ms) {
    return Math.floor(this.#exact(ms));
  }
}

/**
 * The bytes to ask for, to see a span with a margin on both sides: `{first, from, to}` (pixel index, first
 * and last byte), or null where the span lies outside of the file.
 */
export function byteRange(header, fromMs, toMs, marginMs = 0) {
  const pixel = (ms) => Math.floor((ms / 1000) * header.pixelsPerSecond);
  const first = Math.max(0, pixel(fromMs - marginMs));
  const behind = Math.min(header.length, pixel(toMs + marginMs) + 1);
  if (behind <= first) return null;
  const from = header.headerBytes + first * header.bytesPerPixel;
  return { first, from, to: header.headerBytes + behind * header.bytesPerPixel - 1 };
}
