/** One piece of sound as it goes over the socket: a header of 16 bytes, big-endian, then the samples. */

export const HEADER_BYTES = 16;
export const LAST = 1;
export const VOICE = 2;

const PCM_KIND = 1;

/** `{flags, epoch, seq, offset, bytes}` as an ArrayBuffer; `offset` is the place of its first byte in the take. */
export function frameOf({ flags, epoch, seq, offset, bytes }) {
  const frame = new Uint8Array(HEADER_BYTES + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, PCM_KIND);
  view.setUint8(1, flags);
  view.setUint16(2, epoch % 2 ** 16);
  view.setUint32(4, seq % 2 ** 32);
  view.setBigUint64(8, BigInt(offset));
  frame.set(bytes, HEADER_BYTES);
  return frame.buffer;
}
