/** Marks on the page: a key and a button set them, flags show them in the text and on the waveform. */

import { placeFlags } from "./flags.js";

export class MarkMoments {
  /** `momentMs()` is what sounds or was heard last, or null where nothing can be marked. */
  constructor(page, scope, momentMs) {
    Object.assign(this, { page, momentMs });
    scope.listen(page, "marks-changed", () => this.showFlags());
    scope.listen(page, "mark-asked", () => this.add());
    scope.listen(page, "marks-wanted", () => page.querySelector("vox-panel").show("tab-marks"));
  }

  get #list() {
    return this.page.querySelector("vox-marks");
  }

  add() {
    const ms = this.momentMs();
    if (this.#list.editable && ms !== null) this.#list.add(ms);
  }

  /** Put the flags where they belong; text and waveform may be new. */
  showFlags() {
    const marks = this.#list.all;
    placeFlags(this.page.text, marks);
    this.page.querySelector("vox-wave")?.showMarks(marks.map(({ atMs }) => atMs));
  }
}
