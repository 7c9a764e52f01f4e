/** How a take's sound is kept: 16 kHz, one channel, 16 bits, little-endian. Its time is its byte offset. */

export const SAMPLE_RATE = 16_000;
export const BYTES_PER_SAMPLE = 2;
export const BYTES_PER_MS = (SAMPLE_RATE / 1000) * BYTES_PER_SAMPLE;
export const FRAME_SAMPLES = 1_600;

export const msOf = (bytes) => Math.floor(bytes / BYTES_PER_MS);

/** One sample of -1..1 as a 16-bit number; what is louder is cut off. */
export function toInt16(value) {
  return Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));
}
