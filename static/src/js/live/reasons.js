/** Why a take is not simply recording: something about the sound, something about the connection. Pure. */

export const TAKEN_OVER = {
  code: "taken_over",
  message: "This recording goes on in another tab or on another device.",
};

const GOES_ON = {
  tab_ended: "The shared sound has ended. The recording goes on with the microphone.",
  microphone_lost: "The microphone is gone. The recording goes on with the shared sound.",
};

/** The notice for a take of two sources that has lost one. */
export function goesOn(code) {
  return { code, message: GOES_ON[code], tone: "warn" };
}

const OF_LINK = new Set(["lost", "back"]);

export class Reasons {
  #sound = null;
  #link = null;

  /** What a person is told: the one about the sound is the more urgent one. */
  get shown() {
    return this.#sound ?? this.#link;
  }

  get link() {
    return this.#link;
  }

  get isTakenOver() {
    return [this.#sound, this.#link].some((reason) => reason?.code === TAKEN_OVER.code);
  }

  /** An event of the take comes with `reason` or null; answers whether another one is shown now. */
  take(event, reason) {
    const before = this.shown;
    if (OF_LINK.has(event)) this.#link = reason;
    else this.#sound = reason;
    return before?.code !== this.shown?.code;
  }

  clear() {
    this.#sound = null;
    this.#link = null;
  }
}
