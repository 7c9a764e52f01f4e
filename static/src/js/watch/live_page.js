/** What the transcript page does while its take runs. */

import { takeMarks } from "../transcript/fresh_parts.js";
import { showArriving } from "../transcript/job_card.js";
import { LiveEnd } from "./live_end.js";
import { fetchTail } from "./tail.js";

/** This notice ends the trouble that an earlier one told of. */
const BACK = "captions_back";

export class LivePage {
  #catching = null;
  #caption = null;
  /** The final text that the caption has become, until it stands in the document. */
  #awaited = null;

  /** `root` is the page's element; `ask()` looks at once how far everything is. */
  constructor({ root, scope, ask }) {
    Object.assign(this, { root, ask });
    this.scope = scope.child();
    this.end = new LiveEnd(root.part("scroller"), root.follow, this.scope);
    this.socket = root.socket;
    const hear = (message) => this.#hear(message);
    this.scope.add(this.socket.listen({ hear, change: (connected) => this.#changed(connected) }));
    this.scope.listen(root, "editor-changed", () => this.#textChanged());
    this.end.show();
  }

  get connected() {
    return this.socket.connected;
  }

  /** Up to where anything was heard, in media time. */
  get momentMs() {
    return Math.max(this.root.text.lines.endMs, this.#caption?.start_ms ?? 0);
  }

  close() {
    this.#showCaption(null);
    this.scope.close();
  }

  /** Ask for what the hints did not bring. One question at a time. */
  async catchUp() {
    this.#catching ??= this.#catchUp().finally(() => {
      this.#catching = null;
    });
    await this.#catching;
  }

  async #catchUp() {
    const last = this.root.text.lines.inTime.at(-1)?.key ?? "";
    const tail = await fetchTail(this.root.dataset.tailUrl, last, { signal: this.scope.signal });
    if (this.scope.closed) return;
    this.root.version = tail.version;
    takeMarks(this.root, tail.marks);
    this.#showPaused(tail.paused);
  }

  #changed(connected) {
    if (!connected) this.#showCaption(null);
    this.root.toggleAttribute("data-away", !connected);
    this.ask();
  }

  #hear(message) {
    this.#heard[message.type]?.(message);
  }

  #heard = {
    hello: (message) => {
      this.#showPaused(message.paused);
      this.#showCaption(message.caption);
    },
    caption: (message) => this.#showCaption(message),
    final: (message) => this.#becomesFinal(message),
    mark: (message) => this.root.marks.show(message),
    unmark: ({ key }) => this.root.marks.drop(key),
    paused: ({ paused }) => this.#showPaused(paused),
    notice: ({ code, message }) => this.#showTrouble(code === BACK ? "" : message),
    changed: () => this.ask(),
  };

  /** The text itself comes as steps; until then it stands where its caption stood. */
  #becomesFinal(final) {
    this.#awaited = final;
    if (this.#caption && this.#caption.start_ms < final.end_ms) this.#showCaption(final);
    this.#textChanged();
  }

  #textChanged() {
    const final = this.#awaited;
    if (final && this.root.text.segmentViews.has(final.key)) {
      this.#awaited = null;
      if (this.#caption && this.#caption.start_ms < final.end_ms) this.#showCaption(null);
    }
    this.end.show();
  }

  #showCaption(caption) {
    this.#caption = caption?.text ? caption : null;
    const place = this.root.text.querySelector('[data-part="arriving"]');
    const pieces = this.#caption ? [{ part: "live", start_ms: caption.start_ms, text: caption.text }] : [];
    showArriving(place, pieces);
    this.end.show();
  }

  #showPaused(paused) {
    // An attribute of the page: asking every style for a card far below would cost milliseconds a key.
    this.root.toggleAttribute("data-paused", paused);
    const card = this.root.part("on-air");
    if (!card) return;
    card.toggleAttribute("data-paused", paused);
    const state = this.root.part("on-air-state");
    const words = paused ? "Paused" : "Recording now";
    if (state.textContent !== words) state.textContent = words;
  }

  #showTrouble(sentence) {
    const place = this.root.part("on-air-trouble");
    if (place) place.textContent = sentence;
  }
}
