import { define, ServerElement } from "../lib/element.js";
import { toast } from "../lib/toast.js";

/** <vox-copy>: a button that copies the text box beside it. */
class Copy extends ServerElement {
  upgrade(scope) {
    const button = this.part("copy");
    button.hidden = !navigator.clipboard;
    scope.listen(button, "click", () => this.#copy());
    scope.listen(this.part("text"), "focus", (event) => event.target.select());
  }

  async #copy() {
    await navigator.clipboard.writeText(this.part("text").value);
    toast("Copied.");
  }
}

define("vox-copy", Copy);
