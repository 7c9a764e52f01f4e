import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { randomKey } from "../lib/random_key.js";
import { toast } from "../lib/toast.js";
import { clock } from "../transcript/timecode.js";

/**
 * <vox-marks>: the list of marked moments. Tells `marks-changed` whenever the list is another one.
 *
 * `add(atMs)` is for the page, which knows what sounds; `show` and `drop` are for what others do meanwhile.
 */
class Marks extends ServerElement {
  upgrade(scope) {
    this.part("tools")?.removeAttribute("hidden");
    scope.listen(this, "change", (event) => this.#saveNote(event.target));
    scope.listen(this, "keydown", (event) => this.#key(event));
    scope.listen(this, "click", (event) => {
      if (event.target.closest('[data-part="remove"]')) this.#remove(event.target.closest(".mark"));
      if (event.target.closest('[data-part="add"]')) this.tell("mark-asked");
    });
    this.tell("marks-changed");
  }

  get editable() {
    return "editable" in this.dataset;
  }

  /** Somebody types here: the fresh list of the server has to wait. */
  get typing() {
    return this.contains(document.activeElement) && document.activeElement.matches("textarea");
  }

  /** `{key, atMs, note}` in the order of the recording. */
  get all() {
    return [...this.part("list").children].map((row) => ({
      key: row.dataset.key,
      atMs: Number(row.dataset.at),
      note: noteOf(row),
    }));
  }

  /** Mark a moment. Says so, and offers to add a note. */
  async add(atMs) {
    const mark = { key: randomKey(), at_ms: Math.round(atMs), note: "" };
    if (!(await this.#send(this.dataset.api, "POST", mark, (stored) => this.show(stored)))) return;
    toast(`Marked ${clock(atMs)}.`, { label: "Add a note", action: () => this.#writeNote(mark.key) });
  }

  /** Show a mark as the server tells it: `{key, at_ms, note, author}`. */
  show({ key, at_ms: atMs, note, author }) {
    const known = this.#rowOf(key);
    const row = known ?? this.part("row").content.firstElementChild.cloneNode(true);
    Object.assign(row.dataset, { key, at: atMs });
    row.querySelector("a").href = `#t=${atMs}`;
    row.querySelector('[data-part="clock"]').textContent = clock(atMs);
    for (const named of row.querySelectorAll("[aria-label]")) {
      named.setAttribute("aria-label", named.getAttribute("aria-label").replace(/[\d:]+$/, clock(atMs)));
    }
    const field = row.querySelector('[data-part="note"]');
    if (field !== document.activeElement) setNote(field, note);
    row.querySelector('[data-part="author"]').textContent = nameOf(author);
    if (!known) this.#insert(row, atMs);
    this.tell("marks-changed");
  }

  /** The mark was removed. */
  drop(key) {
    this.#rowOf(key)?.remove();
    this.tell("marks-changed");
  }

  #rowOf(key) {
    return this.querySelector(`.mark[data-key="${CSS.escape(key)}"]`);
  }

  #insert(row, atMs) {
    const later = [...this.part("list").children].find((other) => Number(other.dataset.at) > atMs);
    this.part("list").insertBefore(row, later ?? null);
  }

  #writeNote(key) {
    this.tell("marks-wanted");
    this.#rowOf(key)?.querySelector('[data-part="note"]').focus();
  }

  #key(event) {
    if (!event.target.matches("textarea")) return;
    if (event.key === "Escape") event.target.value = event.target.defaultValue;
    const isDone = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isDone && event.key !== "Escape") return;
    event.preventDefault();
    event.target.blur();
  }

  async #saveNote(field) {
    const { key } = field.closest(".mark").dataset;
    await this.#send(this.#urlOf(key), "PATCH", { note: field.value.trim() }, (stored) => {
      field.defaultValue = stored.note;
    });
    this.tell("marks-changed");
  }

  async #remove(row) {
    const { key, at } = row.dataset;
    const note = noteOf(row);
    const near = row.nextElementSibling ?? row.previousElementSibling;
    if (!(await this.#send(this.#urlOf(key), "DELETE", undefined, () => this.drop(key)))) return;
    (near?.querySelector('[data-part="remove"]') ?? this.part("add"))?.focus();
    const back = () =>
      this.#send(this.dataset.api, "POST", { key, at_ms: Number(at), note }, (stored) => this.show(stored));
    toast(`The mark at ${clock(Number(at))} was removed.`, { label: "Undo", action: back });
  }

  #urlOf(key) {
    return `${this.dataset.api}/${encodeURIComponent(key)}`;
  }

  async #send(url, method, data, done) {
    try {
      done(await json(url, { method, data }));
      return true;
    } catch (error) {
      toast(error.message);
      return false;
    }
  }
}

const noteOf = (row) => {
  const field = row.querySelector('[data-part="note"]');
  return field.value ?? field.textContent;
};

function setNote(field, note) {
  if (field.localName === "textarea") field.value = field.defaultValue = note;
  else field.textContent = note;
}

const nameOf = (author) => author?.name ?? author ?? "";

define("vox-marks", Marks);
