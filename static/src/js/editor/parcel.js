/** How much goes to the server at once. */

export const MOST_STEPS = 500;

/** The server takes no longer messages over the socket; anything larger goes by POST, one step alone if need be. */
export const MOST_SOCKET_BYTES = 900 * 1024;
const ROOM_FOR_THE_REST_BYTES = 1024;

const encoder = new TextEncoder();

/** The first of `steps` as JSON, as many as one message may carry, and whether a socket carries them. */
export function parcelOf(steps) {
  const packed = [];
  let bytes = ROOM_FOR_THE_REST_BYTES;
  for (const step of steps.slice(0, MOST_STEPS)) {
    const json = step.toJSON();
    const more = encoder.encode(JSON.stringify(json)).length + 1;
    if (packed.length && bytes + more > MOST_SOCKET_BYTES) break;
    packed.push(json);
    bytes += more;
  }
  return { steps: packed, fitsSocket: bytes <= MOST_SOCKET_BYTES };
}
