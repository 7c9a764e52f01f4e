/** What foot pedals send, and what it means: `{play, back, forward}`, each held or not. */

/** One bit per pedal, in the byte where the pedal puts them. */
const ROCKERS = { byte: 0, back: 1, play: 2, forward: 4 };

export const KNOWN_PEDALS = [
  { vendorId: 0x05f3, productId: 0x00ff, label: "Infinity IN-USB-2", bits: ROCKERS },
  {
    vendorId: 0x05f3,
    productId: 0x0268,
    label: "X-keys foot pedal",
    bits: { byte: 1, back: 2, play: 4, forward: 8 },
  },
  { vendorId: 0x0911, productId: 0x1844, label: "Philips ACC2310/2320", bits: ROCKERS },
  { vendorId: 0x0911, productId: 0x091a, label: "Philips ACC2330", bits: ROCKERS },
];
/** Makers whose pedals are offered when somebody connects one; what is not known above is learned by pressing. */
const OLYMPUS = 0x07b4;

export const PEDAL_FILTERS = [
  ...KNOWN_PEDALS.map(({ vendorId, productId }) => ({ vendorId, productId })),
  { vendorId: OLYMPUS },
];

export const ROLES = ["play", "back", "forward"];
const NOTHING_HELD = { play: false, back: false, forward: false };

export const keyOf = ({ vendorId, productId }) => `${vendorId}:${productId}`;

/** How to read this device: known, learned earlier (`learned` by `keyOf`), or null. */
export function readingOf(device, learned = {}) {
  const known = KNOWN_PEDALS.find((one) => keyOf(one) === keyOf(device));
  return learned[keyOf(device)] ?? known?.bits ?? null;
}

export function labelOf(device) {
  const known = KNOWN_PEDALS.find((one) => keyOf(one) === keyOf(device));
  return known?.label ?? (device.productName || "Foot pedal");
}

/** What is held, by a report (bytes of any length; what is missing is not held). */
export function heldIn(bytes, reading) {
  const value = bytes[reading.byte] ?? 0;
  return Object.fromEntries(ROLES.map((role) => [role, (value & (reading[role] ?? 0)) !== 0]));
}

/**
 * Learns a pedal from presses: for each role in turn the bits that come with the press and go when it is let go.
 *
 * A report that is not seen yet is a press, the next other one the pedal let go. `take(bytes)` answers the role
 * that was learned just now, or null; `reading` is complete when `wanted` is null.
 */
export class PedalLesson {
  reading = null;
  #pressed = null;
  #roles = [...ROLES];

  get wanted() {
    return this.#roles[0] ?? null;
  }

  take(bytes) {
    if (!this.wanted || isSame(bytes, this.#pressed)) return null;
    const place = this.#pressed?.findIndex((value, n) => value & ~(bytes[n] ?? 0)) ?? -1;
    const mask = place < 0 ? 0 : this.#pressed[place] & ~(bytes[place] ?? 0);
    this.#pressed = bytes.some(Boolean) ? [...bytes] : null;
    return mask && this.#isNew(place, mask) ? this.#learn(place, mask) : null;
  }

  #isNew(place, mask) {
    if (!this.reading) return true;
    return this.reading.byte === place && !ROLES.some((role) => this.reading[role] === mask);
  }

  #learn(place, mask) {
    this.reading = { ...(this.reading ?? { byte: place }), [this.wanted]: mask };
    return this.#roles.shift();
  }
}

const isSame = (bytes, others) => others !== null && bytes.every((value, n) => value === others[n]);

/**
 * Turns what is held into what the sound does: held plays, let go pauses and steps back, the others wind while held.
 * `sound` has hold(), release() and step(ms); `every(ms, work)` answers its cancellation.
 */
export class PedalPlay {
  #held = NOTHING_HELD;
  #stopWinding = null;

  constructor(sound, every) {
    Object.assign(this, { sound, every });
  }

  take(held) {
    const before = this.#held;
    this.#held = held;
    if (held.play !== before.play) held.play ? this.sound.hold() : this.sound.release();
    const [was, is] = [directionOf(before), directionOf(held)];
    if (was !== is) this.#wind(is);
  }

  /** The device is gone: nothing is held any more. */
  letGo() {
    this.take(NOTHING_HELD);
  }

  #wind(direction) {
    this.#stopWinding?.();
    this.#stopWinding = null;
    if (!direction) return;
    this.sound.step(direction * WIND_MS);
    this.#stopWinding = this.every(WIND_EVERY_MS, () => this.sound.step(direction * WIND_MS));
  }
}

const WIND_MS = 1_000;
const WIND_EVERY_MS = 200;

const directionOf = ({ back, forward }) => Number(forward) - Number(back);
