/**
 * One opening of the microphone or of a tab's sound, from the browser's question until `close()`.
 *
 * Events (CustomEvent detail):
 *   level {peak, rms, clipping, silentMs}   ten times a second as long as it is open
 *   frame {pcm, voiced}                     while kept: an ArrayBuffer of s16le, 100 ms, the last one shorter
 *   slice {bytes}                           a second of the browser's own copy
 *   lost  {code, message}                   the device or the shared tab is gone; nothing more will come
 *   partlost {code, message}                one of two sources is gone, the other one goes on
 */

import { Scope } from "../lib/scope.js";
import { CaptureError } from "./capture_error.js";
import { openCopy } from "./copy_recorder.js";
import { openGraph } from "./graph.js";
import { LevelWatch } from "./level.js";
import { FRAME_SAMPLES, SAMPLE_RATE } from "./sound_format.js";
import { closeStreams, openStreams } from "./streams.js";
import { openTrackReader, readableSound } from "./track_reader.js";

const FRAME_MS = (1000 * FRAME_SAMPLES) / SAMPLE_RATE;
const LONGEST_HOLD_MS = 1_000;
const ENDED = { microphone: "microphone_lost", tab: "tab_ended" };

/** Ask for the sound and open it; `scripts` has the addresses of the `worklet` and of the `reader`. Raises CaptureError. */
export async function openCapture(choices, scripts) {
  const streams = await openStreams(choices);
  try {
    return new Capture(streams, await openPath(streams, scripts));
  } catch (error) {
    closeStreams(streams);
    throw pathError(error);
  }
}

/** One source is read as it comes. Two have clocks of their own, which only a graph brings together. */
function openPath(streams, { worklet, reader }) {
  const [{ stream }] = streams;
  const readable = streams.length === 1 ? readableSound(stream) : null;
  return readable ? openTrackReader(stream, readable, reader) : openGraph(streams, worklet);
}

/** Worklet and reader are files from the server, which may be out of reach. */
function pathError(error) {
  return new CaptureError(error.name === "AbortError" ? "not_loaded" : "not_supported");
}

export class Capture extends EventTarget {
  #scope = new Scope();
  #watch = new LevelWatch();
  #held = null;
  #copy;

  /** `path` is a Graph or a TrackReader. */
  constructor(streams, path) {
    super();
    Object.assign(this, { streams, path });
    this.#copy = openCopy(path.whole, (bytes) => this.#tell("slice", { bytes }));
    path.port.onmessage = ({ data }) => this.#heard(data);
    path.guard(this.#scope, () => this.#tell("lost", new CaptureError("recorder_broke")));
    for (const { kind, stream } of streams) {
      this.#scope.listen(stream.getAudioTracks()[0], "ended", () => this.#ended(kind));
    }
  }

  get deviceId() {
    const microphone = this.streams.find(({ kind }) => kind === "microphone");
    return microphone?.stream.getAudioTracks()[0].getSettings().deviceId ?? "";
  }

  get copyType() {
    return this.#copy?.type ?? "";
  }

  /** From now on frames carry their sound. */
  keep() {
    this.path.order("keep");
    this.#copy?.record();
  }

  /** Levels only. Resolves when the last frame, which may be shorter, has been told. */
  async hold() {
    this.#copy?.pause();
    const held = new Promise((resolve) => {
      this.#held = resolve;
      this.#scope.after(LONGEST_HOLD_MS, resolve);
    });
    this.path.order("hold");
    await held;
  }

  /** Resolves when the last slice of the copy has been told and the device is free. */
  async close() {
    if (this.#scope.closed) return;
    this.#scope.close();
    await this.#copy?.end();
    closeStreams(this.streams);
    await this.path.close();
  }

  #heard({ held, pcm, ...level }) {
    if (held) return this.#held?.();
    this.#tell("level", this.#watch.hear(level, FRAME_MS));
    if (pcm) this.#tell("frame", { pcm, voiced: level.voiced });
  }

  #ended(kind) {
    const lives = this.streams.some(({ stream }) => stream.getAudioTracks()[0].readyState === "live");
    this.#tell(lives ? "partlost" : "lost", new CaptureError(ENDED[kind]));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
