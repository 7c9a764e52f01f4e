import { define, ServerElement } from "../lib/element.js";
import { page as fetchPage } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const REST_MS = 450;
const GRACE_MS = 250;
const GAP = 8;

/** <vox-blame>: rest on the margin of a passage to see who changed it last; from there to all its earlier texts. */
class Blame extends ServerElement {
  #known = new Map();
  #key = null;
  #cancel = () => {};

  upgrade(scope) {
    this.root = this.closest("vox-transcript");
    this.card = this.part("card");
    this.dialog = this.part("dialog");
    scope.listen(this.root, "pointerover", (event) => this.#over(event));
    scope.listen(this.root, "pointerleave", () => this.#leave());
    scope.listen(this.root, "pointerdown", (event) => this.card.contains(event.target) || this.#hide());
    scope.listen(document, "beforetoggle", (event) => this.#makeWay(event), { capture: true });
    scope.listen(document, "keydown", (event) => event.key === "Escape" && this.#hide());
    scope.listen(this.root, "scroll", () => this.#hide(), { capture: true, passive: true });
    scope.listen(this.root, "editor-changed", ({ detail }) => this.#forget(detail.ids));
    scope.listen(this.root, "passage-asked", ({ detail }) => this.open(detail.key));
    scope.listen(this, "click", (event) => this.#clicked(event));
  }

  #urlOf(key) {
    return `${this.dataset.url}/passages/${encodeURIComponent(key)}`;
  }

  // -- who changed it last -------------------------------------------------------------------------

  #over({ target, pointerType }) {
    if (pointerType !== "mouse" || this.card.contains(target)) {
      if (this.card.contains(target)) this.#cancel();
      return;
    }
    const margin = target.closest(".lines > .seg > .who");
    if (!margin) {
      this.#leave();
      return;
    }
    const key = margin.parentElement.id.slice(2);
    if (key === this.#key && this.card.matches(":popover-open")) {
      this.#cancel();
      return;
    }
    this.#later(REST_MS, () => this.#show(margin, key));
  }

  /** Whatever else opens belongs to what somebody does; the card is only there by the way. */
  #makeWay({ target, newState }) {
    if (target !== this.card && newState === "open") this.#hide();
  }

  #leave() {
    if (this.card.matches(":popover-open")) this.#later(GRACE_MS, () => this.#hide());
    else this.#cancel();
  }

  #later(ms, work) {
    this.#cancel();
    this.#cancel = this.scope.after(ms, work);
  }

  async #show(margin, key) {
    this.#key = key;
    const told = await this.#read(key);
    if (!told || this.#key !== key || !margin.isConnected) return;
    this.card.replaceChildren(...told.cloneNode(true).childNodes);
    this.card.showPopover();
    const place = margin.getBoundingClientRect();
    const left = Math.max(GAP, Math.min(place.left, innerWidth - this.card.offsetWidth - GAP));
    const below = place.bottom + this.card.offsetHeight + GAP < innerHeight;
    const top = below ? place.bottom : Math.max(GAP, place.top - this.card.offsetHeight);
    this.card.style.setProperty("left", `${left}px`);
    this.card.style.setProperty("top", `${top}px`);
  }

  /** What is known stays known until the passage changes. A card is no place for messages of failure. */
  async #read(key) {
    try {
      if (!this.#known.has(key)) {
        const fresh = await fetchPage(`${this.#urlOf(key)}?last`, { signal: this.scope.signal });
        this.#known.set(key, fresh.body);
      }
      return this.#known.get(key);
    } catch {
      return null;
    }
  }

  #forget(ids) {
    for (const id of ids) this.#known.delete(id);
    if (ids.has(this.#key)) this.#hide();
  }

  #hide() {
    this.#cancel();
    this.#key = null;
    if (this.card.matches(":popover-open")) this.card.hidePopover();
  }

  // -- all its texts -------------------------------------------------------------------------------

  #clicked({ target }) {
    const all = target.closest("[data-passage]");
    const back = target.closest("[data-restore]");
    const earlier = target.closest('[data-part="earlier"]');
    if (all) this.open(all.dataset.passage);
    if (earlier) this.#readEarlier(earlier);
    if (!back) return;
    this.dialog.close();
    this.tell("restore-asked", { version: Number(back.dataset.restore), key: back.dataset.key });
  }

  /** Show the earlier texts of a passage. What was typed a moment ago belongs to them. */
  async open(key) {
    this.#hide();
    try {
      await this.root.querySelector("vox-editor")?.editing?.flush();
      const fresh = await fetchPage(this.#urlOf(key), { signal: this.scope.signal });
      this.part("texts").replaceChildren(...fresh.body.childNodes);
      if (!this.dialog.open) this.dialog.showModal();
    } catch (error) {
      if (this.scope) toast(error.message);
    }
  }

  async #readEarlier(button) {
    button.disabled = true;
    try {
      const fresh = await fetchPage(button.dataset.url, { signal: this.scope.signal });
      button.replaceWith(...fresh.body.childNodes);
    } catch (error) {
      button.disabled = false;
      if (this.scope) toast(error.message);
    }
  }
}

define("vox-blame", Blame);
