import { define, ServerElement } from "../lib/element.js";
import { exact, relative } from "../lib/moments.js";

const small = (word) => word.toLowerCase();

/** <vox-moment><time>: the server's words in the reader's own time zone, right also after midnight. */
class Moment extends ServerElement {
  upgrade(scope) {
    this.#write();
    scope.every(60_000, () => this.#write());
  }

  #write() {
    const time = this.querySelector("time");
    const when = new Date(time.dateTime);
    const words = relative(when, new Date());
    time.textContent = "inside" in this.dataset ? words.replace(/^(Today|Yesterday)/, small) : words;
    time.title = exact(when);
  }
}

define("vox-moment", Moment);
