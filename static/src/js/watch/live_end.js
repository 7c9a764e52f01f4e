/** Keeps the end of a growing text in sight, until the reader scrolls; at the end again, it goes on. */

import { isOnScrollbar, SCROLL_KEYS } from "../transcript/follow.js";

const NEAR_END_PX = 64;

export class LiveEnd {
  constructor(scroller, follow, scope) {
    Object.assign(this, { scroller, follow });
    const stop = () => !this.#isNearEnd && follow.stop();
    scope.listen(scroller, "wheel", (event) => event.deltaY < 0 && follow.stop(), { passive: true });
    scope.listen(scroller, "touchmove", stop, { passive: true });
    scope.listen(scroller, "pointerdown", (event) => isOnScrollbar(event, scroller) && follow.stop());
    scope.listen(document, "keydown", (event) => this.#key(event));
    scope.listen(scroller, "scroll", () => this.#isNearEnd && follow.resume(), { passive: true });
    scope.observe(new ResizeObserver(() => this.show())).observe(scroller);
  }

  /** Go to the end, if the reader wants to be there. */
  show() {
    if (!this.follow.following) return;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  get #isNearEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #key(event) {
    if (!SCROLL_KEYS.has(event.key) || event.defaultPrevented) return;
    const isHere = event.target === document.body || this.scroller.contains(event.target);
    if (isHere && event.key !== "End") this.follow.stop();
  }
}
