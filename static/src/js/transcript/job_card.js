/** What changes in a running job between two versions of the page: percent, sentence, arriving text. */

import { setText } from "../lib/only_changes.js";
import { clock } from "./timecode.js";

/** Update the card inside `region` from an answer of …/progress. */
export function showJob(region, job) {
  const part = (name) => region.querySelector(`[data-part="${name}"]`);
  const bar = part("bar");
  if (!bar || !job) return;
  setText(part("stage"), isWaiting(job) ? "Waiting for its turn" : job.stage_label);
  setText(part("percent"), job.total_ms ? `${job.percent} %` : "");
  if (job.error) setText(part("explain"), `${job.error.message} It is tried again by itself.`);
  if (job.total_ms && !isWaiting(job)) bar.value = job.percent;
  else bar.removeAttribute("value");
}

const isWaiting = (job) => job.state === "queued" && !job.done_ms && !job.error;

/** Show text that is still being written, in the order of the recording; known pieces only grow. */
export function showArriving(place, pieces) {
  const wanted = pieces.toSorted((one, other) => one.start_ms - other.start_ms);
  const known = new Map([...place.children].map((line) => [line.dataset.piece, line]));
  const lines = wanted.map((piece) => {
    const line = known.get(String(piece.part)) ?? arrivingLine(piece);
    setText(line.querySelector("p"), piece.text);
    return line;
  });
  const same =
    lines.length === place.children.length && lines.every((line, at) => place.children[at] === line);
  if (!same) place.replaceChildren(...lines);
}

function arrivingLine(piece) {
  const line = document.createElement("div");
  line.className = "seg turn hue-0";
  line.dataset.piece = piece.part;
  const who = Object.assign(document.createElement("div"), { className: "who" });
  who.append(
    Object.assign(document.createElement("span"), {
      className: "time num",
      textContent: clock(piece.start_ms),
    }),
  );
  line.append(who, Object.assign(document.createElement("p"), { className: "pending" }));
  return line;
}
