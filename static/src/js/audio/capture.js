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

const FRAME_MS = (1000 * FRAME_SAMPLES) / SAMPLE_RATE;
const REVIVE_MS = 1_000;
const LONGEST_HOLD_MS = 1_000;
const ENDED = { microphone: "microphone_lost", tab: "tab_ended" };

/** Ask for the sound and open it. `rate` is for browsers' own wishes: 0 means the sound card's. Raises CaptureError. */
export async function openCapture(choices, workletUrl, { rate = SAMPLE_RATE } = {}) {
  const streams = await openStreams(choices);
  try {
    return new Capture(streams, await openGraph(streams, workletUrl, rate));
  } catch (error) {
    closeStreams(streams);
    throw graphError(error);
  }
}

/** The worklet is a file from the server, which may be out of reach. */
function graphError(error) {
  return new CaptureError(error.name === "AbortError" ? "not_loaded" : "not_supported");
}

export class Capture extends EventTarget {
  #scope = new Scope();
  #watch = new LevelWatch();
  #held = null;
  #copy;

  constructor(streams, { context, node, mix }) {
    super();
    Object.assign(this, { streams, context, node });
    this.#copy = openCopy(this.#copied(mix), (bytes) => this.#tell("slice", { bytes }));
    node.port.onmessage = ({ data }) => this.#heard(data);
    this.#guard();
  }

  /** Whether sound really flows; false where the browser waits for a click or a call took the microphone. */
  get isRunning() {
    return this.context.state === "running";
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
    this.node.port.postMessage("keep");
    this.#copy?.record();
    this.#revive();
  }

  /** Levels only. Resolves when the last frame, which may be shorter, has been told. */
  async hold() {
    this.#copy?.pause();
    const held = new Promise((resolve) => {
      this.#held = resolve;
      this.#scope.after(LONGEST_HOLD_MS, resolve);
    });
    this.node.port.postMessage("hold");
    await held;
  }

  /** Resolves when the last slice of the copy has been told and the device is free. */
  async close() {
    if (this.#scope.closed) return;
    this.#scope.close();
    this.node.port.postMessage("end");
    await this.#copy?.end();
    closeStreams(this.streams);
    await this.context.close();
  }

  /** A single source is copied as it comes, two of them as they are mixed. */
  #copied(mix) {
    if (this.streams.length === 1) return this.streams[0].stream;
    const destination = new MediaStreamAudioDestinationNode(this.context);
    mix.connect(destination);
    return destination.stream;
  }

  #heard({ held, pcm, ...level }) {
    if (held) return this.#held?.();
    this.#tell("level", this.#watch.hear(level, FRAME_MS));
    if (pcm) this.#tell("frame", { pcm, voiced: level.voiced });
  }

  #guard() {
    for (const { kind, stream } of this.streams) {
      this.#scope.listen(stream.getAudioTracks()[0], "ended", () => this.#ended(kind));
    }
    this.#scope.listen(this.context, "statechange", () => this.#revive());
    this.#scope.listen(document, "visibilitychange", () => this.#revive());
    this.#scope.listen(this.node, "processorerror", () =>
      this.#tell("lost", new CaptureError("not_supported")),
    );
    this.#scope.every(REVIVE_MS, () => this.#revive());
  }

  /** Calls and sleeping phones suspend a context; it wakes up only when asked to. */
  #revive() {
    if (this.#scope.closed || this.isRunning) return;
    this.context.resume().catch(() => {});
  }

  #ended(kind) {
    const lives = this.streams.some(({ stream }) => stream.getAudioTracks()[0].readyState === "live");
    this.#tell(lives ? "partlost" : "lost", new CaptureError(ENDED[kind]));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
