/**
 * The part of the recorder that reads one track, in a thread of its own: whatever the page does, no sample waits
 * for it. It is given {readable}, a stream of AudioData, which it answers with {ready: true}; then it takes orders.
 */

import { oneChannel } from "../audio/one_channel.js";
import { OrderedFrames } from "../audio/ordered_frames.js";

const frames = new OrderedFrames((message, transfer) => self.postMessage(message, transfer));

self.addEventListener("message", ({ data }) => {
  if (data.readable) open(data.readable.getReader());
  else frames.obey(data);
});

function open(reader) {
  self.postMessage({ ready: true });
  read(reader).catch(self.reportError);
}

async function read(reader) {
  for (let { value } = await reader.read(); value; { value } = await reader.read()) {
    frames.push(oneChannel(value), value.sampleRate);
    value.close();
  }
}
