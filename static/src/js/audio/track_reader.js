/**
 * Sound as it comes from one track, read by a worker.
 *
 * A graph of nodes runs on the loudspeaker's clock: browsers hold a few milliseconds of the microphone ready for it, and
 * on a machine that stalls they leave out or repeat 10 to 100 ms. Here nothing but a long queue stands between.
 */

import { after } from "../lib/after.js";

/** Chromium gives 10 ms at a time: half a minute in which the worker may stand still. */
const QUEUE_LENGTH = 3_000;
const LONGEST_LOAD_MS = 15_000;

/** The sound of a stream as AudioData, or null: Firefox and Safari give nothing this way, or pictures only. */
export function readableSound(stream, { MediaStreamTrackProcessor } = globalThis) {
  const [track] = stream.getAudioTracks();
  try {
    return new MediaStreamTrackProcessor({ track, maxBufferSize: QUEUE_LENGTH }).readable;
  } catch {
    return null;
  }
}

/** A TrackReader for one stream. Raises AbortError where the worker, a file from the server, is out of reach. */
export async function openTrackReader(stream, readable, workerUrl) {
  const worker = new Worker(workerUrl, { type: "module" });
  worker.postMessage({ readable }, [readable]);
  await ready(worker);
  return new TrackReader(stream, worker);
}

function ready(worker) {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      cancel();
      worker.terminate();
      reject(new DOMException("The reader of tracks could not be loaded.", "AbortError"));
    };
    const cancel = after(LONGEST_LOAD_MS, giveUp);
    worker.onerror = giveUp;
    worker.onmessage = () => {
      cancel();
      resolve();
    };
  });
}

class TrackReader {
  /** Frames and answers of `OrderedFrames` come from `port`; `whole` is the stream itself. */
  constructor(stream, worker) {
    Object.assign(this, { whole: stream, port: worker });
  }

  order(order) {
    this.port.postMessage(order);
  }

  /** `broken()` once nothing more can be read. */
  guard(_scope, broken) {
    this.port.onerror = broken;
  }

  async close() {
    this.port.terminate();
  }
}
