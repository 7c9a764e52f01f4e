import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { sendRest } from "../live/recovery.js";
import { capturedMs, isDelivered } from "../live/take_entry.js";
import { TakeStore } from "../live/take_store.js";
import { offers } from "../live/unfinished_offers.js";

const CALM_MS = 1_500;
const AGAIN_MS = 30_000;
const LATER = "voxweb:later-takes";

/**
 * <vox-unfinished-takes>: sends what an interrupted recording left in this browser, then offers to go on or to
 * finish. Takes begun elsewhere can be finished. It waits until the page is at rest, and blocks nothing.
 */
class UnfinishedTakes extends ServerElement {
  #outcomes = new Map();

  upgrade(scope) {
    this.store = new TakeStore();
    scope.listen(window, "online", () => this.#look());
    scope.after(CALM_MS, () => this.#look());
  }

  async #look() {
    const { person } = this.dataset;
    const entries = await this.store.list(person).catch(() => []);
    await Promise.all(entries.map((entry) => this.#send(entry)));
    if (this.scope) await this.#offer();
    if (this.#hasRest) this.scope?.after(AGAIN_MS, () => this.#look());
  }

  get #hasRest() {
    return [...this.#outcomes.values()].some(({ where }) => where === "browser");
  }

  async #send(entry, { finish = false } = {}) {
    const { store, dataset } = this;
    const outcome = await sendRest(entry, { store, socketUrl: dataset.socket, finish });
    this.#outcomes.set(entry.id, outcome);
    return outcome;
  }

  async #offer() {
    const { takes, person } = this.dataset;
    const signal = this.scope.signal;
    const open = await json(takes, { signal }).catch(() => []);
    const entries = await this.store.list(person).catch(() => []);
    const found = offers(
      entries.map((entry) => this.#kept(entry)),
      open,
      {
        left: new Set([...this.#elsewhere, ...laterTakes()]),
      },
    );
    this.part("list").replaceChildren(...found.map((offer) => this.#row(offer)));
    this.hidden = found.length === 0;
  }

  get #elsewhere() {
    return [...this.#outcomes].filter(([, { where }]) => where === "elsewhere").map(([id]) => id);
  }

  #kept(entry) {
    const { id, recording, title, savedAt } = entry;
    const where = this.#outcomes.get(id)?.where;
    return {
      id,
      recording,
      title,
      interruptedAt: savedAt,
      capturedMs: capturedMs(entry),
      restMs:
        where === "server" || isDelivered(entry)
          ? 0
          : capturedMs({ captured: entry.captured - entry.durable }),
    };
  }

  #row(offer) {
    const row = this.part("row").content.firstElementChild.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part="${name}"]`);
    part("what").textContent = offer.title;
    part("when").textContent = offer.when;
    part("safe").textContent = offer.safe;
    part("continue").hidden = !offer.canContinue;
    part("continue").href = `${this.dataset.record}?take=${offer.id}`;
    part("finish").hidden = !offer.canFinish;
    part("finish").addEventListener("click", () => this.#finish(offer, part));
    part("later").addEventListener("click", () => this.#later(offer, row));
    for (const name of ["continue", "finish", "later"])
      part(name).ariaLabel = `${part(name).dataset.verb}: ${offer.title}`;
    return row;
  }

  async #finish(offer, part) {
    part("finish").disabled = true;
    try {
      await this.#ended(offer);
      this.#showEnded(offer, part);
    } catch (error) {
      part("finish").disabled = false;
      toast(error.message);
    }
  }

  /** A take of this browser is ended over its own connection, so that nothing of it stays behind here. */
  async #ended({ id, recording }) {
    const entry = await this.store.get(id).catch(() => null);
    const outcome = entry && (await this.#send(entry, { finish: true }));
    if (outcome?.stopped) return;
    if (outcome?.reason) throw new Error(outcome.reason.message);
    await json(`${this.dataset.takes}/${recording}/end`, { method: "POST" });
  }

  #showEnded({ recording }, part) {
    part("when").textContent = "is finished.";
    part("safe").textContent = "The text is being written.";
    part("continue").hidden = part("finish").hidden = true;
    part("open").href = `/t/${recording}`;
    part("open").hidden = false;
    part("open").focus();
  }

  /** Not asked again in this tab; it stays offered on the record page. */
  #later({ id }, row) {
    row.remove();
    sessionStorage.setItem(LATER, JSON.stringify([...laterTakes(), id]));
    this.hidden = this.part("list").children.length === 0;
  }
}

function laterTakes() {
  return JSON.parse(sessionStorage.getItem(LATER) ?? "[]");
}

define("vox-unfinished-takes", UnfinishedTakes);
