/** Asks how far the work on a transcript is, as often as it is worth it. */

import { pollDelayMs } from "./pace.js";

/** Answers after which asking again is pointless: signed out, not shared any more, gone. */
const FINAL_STATUSES = new Set([401, 403, 404]);

export const hasOpenJob = (progress) => Boolean(progress.job?.can_cancel);

export class ProgressWatch {
  #failures = 0;
  #cancel = null;
  #busy = false;

  /**
   * `ask()` resolves to the progress; `after(ms, work)` schedules and returns a cancel function; `show` and
   * `lost` take the answer and the error that ended the watch. `isBusy` says of an answer whether to ask soon.
   */
  constructor({ ask, after, show, lost, isBusy = hasOpenJob, isHidden = () => document.hidden }) {
    Object.assign(this, { ask, after, show, lost, isBusy, isHidden });
  }

  /** `busy` is what the page itself says, before the first answer. */
  start(busy) {
    this.#busy = busy;
    this.#plan();
  }

  /** Ask at once: the page is looked at again, or something was changed. */
  now() {
    this.#cancel?.();
    return this.#round();
  }

  #plan() {
    this.#cancel?.();
    const { isHidden } = this;
    const delay = { busy: this.#busy, hidden: isHidden(), failures: this.#failures, jitter: Math.random() };
    this.#cancel = this.after(pollDelayMs(delay), () => this.#round());
  }

  async #round() {
    try {
      const progress = await this.ask();
      this.#failures = 0;
      this.#busy = this.isBusy(progress);
      await this.show(progress);
    } catch (error) {
      if (FINAL_STATUSES.has(error.status)) return this.lost(error);
      this.#failures += 1;
    }
    return this.#plan();
  }
}
