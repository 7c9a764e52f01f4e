/**
 * The microphone of a recorder: opened, opened again with other choices, lost, and closed.
 *
 * Events (CustomEvent detail): level, frame and slice of audio/capture.js; kept when a fresh opening begins to
 * record; lost {code, message} when nothing more comes; partlost {code} when one of two sources is gone.
 */

import { CaptureError } from "../audio/capture_error.js";
import { Scope } from "../lib/scope.js";

const FORWARDED = ["level", "frame", "slice", "partlost"];
const CHECK_MS = 1_000;
const SILENT_CHECKS = 6;

export class Listening extends EventTarget {
  #capture = null;
  #scope = null;
  #turn = 0;
  #isKept = false;
  #wasKept = false;
  #idleChecks = 0;

  /** `openCapture(choices, scripts)` as in audio/capture.js. */
  constructor(scripts, openCapture) {
    super();
    Object.assign(this, { scripts, openCapture });
  }

  get isOpen() {
    return this.#capture !== null;
  }

  /** Resolves to false when a later call has taken over meanwhile. Raises CaptureError. */
  async open(choices) {
    this.#turn += 1;
    const turn = this.#turn;
    await this.#release();
    const capture = await this.openCapture(choices, this.scripts);
    if (turn !== this.#turn) {
      await capture.close();
      return false;
    }
    this.#own(capture);
    return true;
  }

  keep() {
    this.#isKept = true;
    if (!this.#wasKept) this.#tell("kept");
    this.#wasKept = true;
    this.#idleChecks = 0;
    this.#capture?.keep();
  }

  /** Resolves when everything captured so far has been told. */
  async hold() {
    this.#isKept = false;
    await this.#capture?.hold();
  }

  /** The same, and the device is free. */
  async close() {
    this.#turn += 1;
    await this.#release();
  }

  #own(capture) {
    this.#capture = capture;
    this.#wasKept = false;
    this.#scope = new Scope();
    for (const type of FORWARDED) this.#scope.listen(capture, type, ({ detail }) => this.#tell(type, detail));
    this.#scope.listen(capture, "lost", ({ detail }) => this.#lost(detail));
    this.#scope.listen(capture, "level", () => {
      this.#idleChecks = 0;
    });
    this.#scope.every(CHECK_MS, () => this.#check());
  }

  async #release() {
    const [capture, scope] = [this.#capture, this.#scope];
    if (!capture) return;
    if (this.#isKept) await this.hold();
    this.#capture = null;
    await capture.close();
    scope.close();
  }

  /** Counted in checks, because a computer that sleeps makes every clock jump. */
  #check() {
    this.#idleChecks += 1;
    if (this.#isKept && this.#idleChecks === SILENT_CHECKS) this.#lost(new CaptureError("microphone_lost"));
  }

  async #lost(reason) {
    await this.close();
    this.#tell("lost", reason);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
