/**
 * Lets text flow upwards through a window without ever moving back down.
 *
 * Provisional text becomes shorter at times. The room it had stays, and the next words fill it, so that what
 * somebody reads stands still.
 */
export class CaptionFlow {
  #roomPx = 0;

  /** `view` is the window, `flow` what moves in it, `lines` the text itself. */
  constructor(view, flow, lines) {
    Object.assign(this, { view, flow, lines });
  }

  /** Run `change`, which may also take away text at the top, then show the end. */
  change(change) {
    const spare = this.#roomPx - this.lines.offsetHeight;
    const first = this.lines.firstElementChild;
    change();
    const isCut = first !== null && !first.isConnected;
    this.#roomPx = isCut ? this.lines.offsetHeight + Math.max(0, spare) : this.#roomPx;
    this.#show();
  }

  /** Sizes have changed: measure anew. */
  reset() {
    this.#roomPx = 0;
    this.#show();
  }

  #show() {
    this.#roomPx = Math.max(this.#roomPx, this.lines.offsetHeight);
    this.flow.style.setProperty("min-block-size", `${this.#roomPx}px`);
    this.view.scrollTop = this.view.scrollHeight;
  }
}
