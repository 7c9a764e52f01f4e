import { length, size } from "../lib/amounts.js";
import { progressText } from "../lib/progress_text.js";

/**
 * What the row of an upload shows: a sentence, a bar (null for none, "?" for unknown) and its buttons.
 *
 * `item` is {state, size, sent, bytesPerSecond, remainingMs, retrying, error, job}; sizes are bytes.
 */
export function rowView(item) {
  return VIEWS[item.state](item);
}

const percent = (item) => (item.size ? Math.min(100, (100 * item.sent) / item.size) : 0);

const VIEWS = {
  waiting: (item) => ({ note: size(item.size), bar: null, buttons: ["cancel"] }),
  queued: (item) => ({
    note: `${sentOf(item)}, next in line`,
    bar: percent(item),
    buttons: ["pause", "cancel"],
  }),
  sending: (item) => ({ note: sending(item), bar: percent(item), buttons: ["pause", "cancel"] }),
  paused: (item) => ({
    note: `Paused at ${sentOf(item)}`,
    bar: percent(item),
    buttons: ["resume", "cancel"],
  }),
  finishing: () => ({ note: "All here, checking the file", bar: "?", buttons: [] }),
  failed: (item) => ({ note: item.error, bar: null, bad: true, buttons: ["retry", "cancel"] }),
  duplicate: () => ({
    note: "You already have this recording.",
    bar: null,
    buttons: ["open", "again", "cancel"],
  }),
  transcribing: (item) => ({
    note: item.job ? progressText(item.job) : "Waiting for its turn",
    bar: item.job?.total_ms ? item.job.percent : "?",
    buttons: ["open"],
  }),
  done: () => ({ note: "Transcribed", bar: null, buttons: ["open"] }),
  stopped: (item) => ({ note: item.error, bar: null, bad: true, buttons: ["open"] }),
};

const sentOf = (item) => `${size(item.sent)} of ${size(item.size)}`;

function sending(item) {
  if (item.retrying) return `No answer, trying again. ${sentOf(item)} are safe`;
  const speed = item.bytesPerSecond ? `, ${size(item.bytesPerSecond)}/s` : "";
  const left =
    item.remainingMs === null || item.remainingMs === undefined ? "" : `, ${length(item.remainingMs)} left`;
  return `${sentOf(item)}${speed}${left}`;
}
