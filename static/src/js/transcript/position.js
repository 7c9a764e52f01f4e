/** Where somebody stopped listening, per transcript, in this browser. */

import { remember, remembered } from "../lib/remember.js";

const END_MARGIN_MS = 3_000;

export class Position {
  constructor(code) {
    this.key = `voxweb:position:${code}`;
  }

  /** Milliseconds, or 0. A recording heard to its end begins again at the start. */
  read(durationMs) {
    const saved = Number(remembered(this.key));
    const isInside = saved > 0 && (!durationMs || saved < durationMs - END_MARGIN_MS);
    return isInside ? saved : 0;
  }

  write(ms) {
    remember(this.key, Math.round(ms));
  }
}
