import { readTime } from "../editor/go_to_time.js";
import { define, ServerElement } from "../lib/element.js";
import { clock, lengthClock } from "../transcript/timecode.js";

/** <vox-go-to>: asks for a time and brings sound and caret there. */
class GoTo extends ServerElement {
  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    scope.listen(this.part("form"), "submit", (event) => this.#go(event));
    scope.listen(this.part("time"), "input", () => this.#tell(""));
    scope.listen(this.querySelector("dialog"), "close", () => this.#closed());
  }

  open() {
    this.isGone = false;
    this.part("time").value = clock(this.page.player.ms);
    this.#tell("");
    this.querySelector("dialog").showModal();
    this.part("time").select();
  }

  #go(event) {
    event.preventDefault();
    const { player } = this.page;
    const ms = readTime(this.part("time").value);
    if (ms === null) return this.#tell("Write a time such as 1:02:03, 62:03, 3723 or 1h2m3s.");
    if (ms > player.durationMs) return this.#tell(`The recording is ${lengthClock(player.durationMs)} long.`);
    player.seek(ms);
    this.#moveCaret(ms);
    this.isGone = true;
    return this.querySelector("dialog").close();
  }

  #moveCaret(ms) {
    const editor = this.page.text;
    const pos = editor.view && editor.posOfMoment(ms);
    if (pos !== null && pos !== undefined) editor.select(pos);
  }

  /** Whoever went somewhere writes on there; whoever did not is back where they were. */
  #closed() {
    if (this.isGone && this.page.text.canEdit) this.page.text.view.focus();
  }

  #tell(sentence) {
    this.part("error").textContent = sentence;
    this.part("time").setAttribute("aria-invalid", String(Boolean(sentence)));
  }
}

define("vox-go-to", GoTo);
