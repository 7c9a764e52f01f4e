import { define, ServerElement } from "../lib/element.js";

/** <vox-record-end>: saving, saved, or what went wrong, what is safe and what to do. */
class RecordEnd extends ServerElement {
  /** `percent` is null without a bar; `actions` are parts to show, `url` is where the transcript is. */
  show({ title, text = "", safe = "", percent = null, actions = [], url = "" }) {
    this.part("title").textContent = title;
    this.part("text").textContent = text;
    this.part("safe").textContent = safe;
    this.#bar(percent);
    if (url) this.part("open").href = url;
    for (const name of ["open", "again", "download", "anew"])
      this.part(name).hidden = !actions.includes(name);
  }

  focusTitle() {
    this.part("title").focus();
  }

  #bar(percent) {
    const bar = this.part("bar");
    bar.hidden = percent === null;
    if (percent !== null) bar.value = percent;
  }
}

define("vox-record-end", RecordEnd);
