import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { icon } from "../lib/icon.js";

const SHOWN_MS = 2_500;

/** <vox-title>: the title as a field that saves itself on Enter or when it is left. Escape takes it back. */
class Title extends ServerElement {
  upgrade(scope) {
    this.input = this.part("input");
    this.form = this.querySelector("form");
    this.saved = this.input.value;
    scope.listen(this.form, "submit", (event) => {
      event.preventDefault();
      this.input.blur();
    });
    scope.listen(this.input, "change", () => this.#save());
    scope.listen(this.input, "keydown", (event) => {
      if (event.key !== "Escape") return;
      this.show(this.saved);
      this.input.blur();
    });
  }

  /** Show a title that came from the server, unless somebody is typing a new one. */
  show(title) {
    if (document.activeElement === this.input && title !== this.saved) return;
    this.saved = title;
    this.input.value = title;
    document.title = `${title} · voxweb`;
    this.closest("vox-transcript").querySelector('[data-part="heading"]').textContent = title;
  }

  async #save() {
    const title = this.input.value.trim();
    if (!title || title === this.saved) return this.show(this.saved);
    try {
      const answer = await json(this.closest("vox-transcript").dataset.api, {
        method: "PATCH",
        data: { title },
      });
      this.show(answer?.title ?? title);
      return this.#tell("Saved", "check");
    } catch (error) {
      return this.#tell(error.message, "circle-alert");
    }
  }

  #tell(sentence, mark) {
    const place = this.part("saved");
    place.replaceChildren(icon(mark), sentence);
    place.classList.toggle("bad", mark !== "check");
    this.cancel?.();
    if (mark === "check") this.cancel = this.scope?.after(SHOWN_MS, () => place.replaceChildren());
  }
}

define("vox-title", Title);
