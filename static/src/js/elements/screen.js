import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";

const HEIGHT_KEY = "voxweb:screen-height";
const HIDDEN_KEY = "voxweb:screen-hidden";
const LOWEST = 96;
/** So much of the window may be picture; the rest stays for the text. */
const HIGHEST_SHARE = 0.6;
const WIDEST_SHARE = 0.5;
const KEY_STEP = 24;
const USUAL_ASPECT = 16 / 9;

/** <vox-screen>: the picture beside the text, as high as the person wants it, or put away. */
class Screen extends ServerElement {
  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    this.video = this.querySelector("video");
    this.page.toggleAttribute("data-video", Boolean(this.video));
    if (!this.video) return;
    this.#setHidden(Boolean(remembered(HIDDEN_KEY)));
    this.#grip(scope);
    this.#ownWindow(scope);
    scope.listen(this.part("hide"), "click", () => this.toggle());
    scope.listen(this.page, "change", ({ target }) => target.dataset.part === "screen-box" && this.toggle());
  }

  /** Show or hide the picture; the sound goes on. */
  toggle() {
    if (!this.video) return;
    const hides = !this.page.hasAttribute("data-no-screen");
    this.#setHidden(hides);
    remember(HIDDEN_KEY, hides ? "1" : "");
  }

  #setHidden(hides) {
    this.page.toggleAttribute("data-no-screen", hides);
    const partOfPage = (name) => this.page.querySelector(`[data-part="${name}"]`);
    partOfPage("screen-button")?.setAttribute("aria-pressed", String(!hides));
    const box = partOfPage("screen-box");
    if (box) box.checked = !hides;
  }

  #ownWindow(scope) {
    const button = this.part("own-window");
    button.hidden = !document.pictureInPictureEnabled;
    scope.listen(button, "click", () => {
      if (document.pictureInPictureElement) document.exitPictureInPicture();
      // Refused while the picture has not been read: then it simply stays here.
      else this.video.requestPictureInPicture().catch(() => {});
    });
  }

  #grip(scope) {
    const grip = this.part("grip");
    this.sheet = matchMedia("(width < 60rem)");
    this.#showKept();
    scope.listen(this.video, "loadedmetadata", () => this.#showKept());
    scope.listen(this.sheet, "change", () => this.#showKept());
    scope.listen(grip, "pointerdown", (event) => grip.setPointerCapture(event.pointerId));
    scope.listen(grip, "pointermove", (event) => {
      if (grip.hasPointerCapture(event.pointerId)) this.#setHeight(event.clientY - this.#top);
    });
    scope.listen(grip, "keydown", (event) => {
      const step = { ArrowUp: -KEY_STEP, ArrowDown: KEY_STEP }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#setHeight(this.video.offsetHeight + step);
    });
  }

  get #top() {
    return this.getBoundingClientRect().top;
  }

  #showKept() {
    const kept = Number(remembered(HEIGHT_KEY));
    if (kept) this.#show(kept);
    else this.part("grip").setAttribute("aria-valuenow", Math.round(this.video.offsetHeight));
  }

  #setHeight(pixels) {
    remember(HEIGHT_KEY, this.#show(pixels));
  }

  /** The column grows with the picture, so that no black bars come of it; a phone is as wide as it is. */
  #show(pixels) {
    const aspect = this.video.videoWidth / this.video.videoHeight || USUAL_ASPECT;
    const widest = innerWidth * (this.sheet.matches ? 1 : WIDEST_SHARE);
    const highest = Math.min(innerHeight * HIGHEST_SHARE, widest / aspect);
    const height = Math.round(Math.min(highest, Math.max(LOWEST, pixels)));
    this.page.style.setProperty("--screen-height", `${height}px`);
    this.page.style.setProperty("--screen-width", `${Math.round(height * aspect)}px`);
    this.part("grip").setAttribute("aria-valuenow", height);
    return height;
  }
}

define("vox-screen", Screen);
