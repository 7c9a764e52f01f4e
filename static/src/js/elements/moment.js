import { define, ServerElement } from "../lib/element.js";
import { exact, relative } from "../lib/moments.js";

/** <vox-moment><time>: the server's words in the reader's own time zone, right also after midnight. */
class Moment extends ServerElement {
  upgrade(scope) {
    this.#write();
    scope.every(60_000, () => this.#write());
  }

  #write() {
    const time = this.querySelector("time");
    const when = new Date(time.dateTime);
    time.textContent = relative(when, new Date());
    time.title = exact(when);
  }
}

define("vox-moment", Moment);
