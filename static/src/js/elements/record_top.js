import { define, ServerElement } from "../lib/element.js";
import { safetyWords } from "../live/safety_words.js";

/** <vox-record-top>: title, state and the promise about safety, while it is true. */
class RecordTop extends ServerElement {
  /** `title` and `url` of the take, once it has them. */
  name({ title, url }) {
    this.part("heading").textContent = title;
    document.title = `${title} · voxweb`;
    if (!url) return;
    for (const link of this.parts("caption-view")) link.href = `${url}/captions`;
  }

  /** `badge` {text, calm} or null; captions can be opened during a take only. */
  show(badge, isTake) {
    const place = this.part("badge");
    place.hidden = !badge;
    place.textContent = badge?.text ?? "";
    place.classList.toggle("calm", Boolean(badge?.calm));
    this.part("safety").hidden = !isTake;
    for (const link of this.parts("caption-view")) link.hidden = !isTake || !link.href;
  }

  safety(safety) {
    const chip = this.part("safety");
    const { tone, text } = safetyWords(safety);
    chip.className = `chip safety ${tone}`;
    if (chip.textContent !== text) chip.textContent = text;
  }
}

define("vox-record-top", RecordTop);
