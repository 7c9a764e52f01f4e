/** What the browser remembers of a take, apart from its sound. Pure. */

import { BYTES_PER_MS, msOf } from "../audio/sound_format.js";

/** A copy is the longer one only when slices of a second cannot explain it. */
const COPY_MARGIN_MS = 2_000;

/**
 * A take that begins now. `recording`, `token` and `url` come from the server; `stopWanted`: the person has
 * pressed stop; `stopped`: the server has said so too; `copy`: how often the microphone was opened,
 * how many slices of a second there are of the first time, and whether one of them could not be kept;
 * `savedAt` (as `startedAt`, ms since 1970): when this row was written the last time.
 */
export function newTake({ id, person, title, source, options, startedAt }) {
  return {
    id,
    person,
    title,
    source,
    options,
    startedAt,
    savedAt: startedAt,
    recording: "",
    token: "",
    url: "",
    captured: 0,
    durable: 0,
    isPaused: false,
    hasGaps: false,
    stopWanted: false,
    stopped: false,
    copy: { openings: 0, slices: 0, isBroken: false },
  };
}

export const capturedMs = ({ captured }) => msOf(captured);

/** Nothing of it exists in this browser alone. */
export const isDelivered = ({ captured, durable }) => durable >= captured;

/** Whether the browser's own copy has sound that the pieces do not have, and can be read as one file. */
export function needsCopy({ copy, captured, hasGaps }) {
  const isWhole = copy.openings === 1 && copy.slices > 0 && !copy.isBroken;
  return isWhole && (hasGaps || copy.slices * 1000 > captured / BYTES_PER_MS + COPY_MARGIN_MS);
}
