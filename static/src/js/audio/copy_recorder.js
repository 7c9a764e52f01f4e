/** The browser's own compressed recording beside ours: the last resort should ours have a hole. */

const SLICE_MS = 1_000;
const BITS_PER_SECOND = 32_000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export class CopyRecorder {
  #recorder;
  #told = Promise.resolve();

  /** `onSlice(bytes)` gets an ArrayBuffer a second, in order. */
  constructor(stream, onSlice) {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#slice(data, onSlice));
  }

  get type() {
    return this.#recorder.mimeType;
  }

  /** Begin, or go on after a pause. */
  record() {
    if (this.#recorder.state === "inactive") this.#recorder.start(SLICE_MS);
    else this.#recorder.resume();
  }

  pause() {
    if (this.#recorder.state === "recording") this.#recorder.pause();
  }

  /** Resolves when the last slice has been told. */
  async end() {
    if (this.#recorder.state === "inactive") return;
    const ended = new Promise((resolve) => this.#recorder.addEventListener("stop", resolve, { once: true }));
    this.#recorder.stop();
    await ended;
    await this.#told;
  }

  /** Reading a slice takes a moment, and a small one must not overtake a large one. */
  #slice(data, onSlice) {
    if (!data.size) return;
    const bytes = data.arrayBuffer();
    this.#told = this.#told.then(async () => onSlice(await bytes));
  }
}

/** A CopyRecorder, or null where this browser has none: the take does without. */
export function openCopy(stream, onSlice) {
  try {
    return new CopyRecorder(stream, onSlice);
  } catch {
    return null;
  }
}
