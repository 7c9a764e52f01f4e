import { restore } from "../history/restoring.js";
import { takeList } from "../history/take_list.js";
import { define, ServerElement } from "../lib/element.js";
import { page as fetchPage, json } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const QUIET_MS = 3_000;
const FLASH = [{ backgroundColor: "var(--now)" }, { backgroundColor: "transparent" }];

/** <vox-history>: who changed what and when, and versions with names. Loaded when its tab is shown. */
class History extends ServerElement {
  #isShown = false;
  #isStale = true;
  /** Whether earlier pages were fetched: a fresh list would throw them away. */
  #isLong = false;
  #cancelRefresh = () => {};

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    const watcher = scope.observe(new IntersectionObserver(([entry]) => this.#shown(entry.isIntersecting)));
    watcher.observe(this);
    scope.listen(this.page, "editor-changed", () => this.#changed());
    scope.listen(this.page, "history-asked", () => this.#open());
    scope.listen(this.page, "version-asked", () => this.#askForName());
    scope.listen(this.page, "restore-asked", ({ detail }) => this.#restore(detail));
    scope.listen(this, "toggle", (event) => this.#readDetail(event.target), { capture: true });
    scope.listen(this, "click", (event) => this.#clicked(event));
    scope.listen(this, "change", (event) => this.#chosen(event.target));
    scope.listen(this, "keydown", (event) => this.#key(event));
    scope.listen(this, "focusout", () => scope.after(0, () => this.#shown(this.#isShown)));
    this.dialog = this.page.querySelector("#save-version");
    if (this.dialog) scope.listen(this.dialog, "submit", (event) => this.#save(event));
  }

  get api() {
    return this.dataset.api;
  }

  // -- reading -------------------------------------------------------------------------------------

  #shown(isShown) {
    this.#isShown = isShown;
    if (isShown && this.#isStale) this.#refresh();
  }

  /** While somebody types the list waits for a pause. */
  #changed() {
    this.#isStale = true;
    this.#cancelRefresh();
    if (this.#isShown) this.#cancelRefresh = this.scope.after(QUIET_MS, () => this.#refresh());
  }

  /** Who writes a name or chooses a person is not disturbed: the list comes when they are done. */
  get #isBusy() {
    return this.contains(document.activeElement) && document.activeElement.matches("input, select");
  }

  async #refresh() {
    if (this.#isBusy) return;
    if (this.#isLong) {
      this.#offerNewer();
      return;
    }
    this.#isStale = false;
    const person = this.part("person")?.value ?? "";
    const fresh = await this.#fetch(`${this.dataset.url}?person=${person}`);
    if (!fresh || this.#isBusy) this.#isStale = true;
    else takeList(this.part("page"), fresh.body);
  }

  #offerNewer() {
    if (this.part("newer")) return;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn small block",
      textContent: "Show newer changes",
    });
    button.dataset.part = "newer";
    this.part("changes").before(button);
  }

  #showNewer() {
    this.#isLong = false;
    this.#refresh();
  }

  async #fetch(url) {
    try {
      return await fetchPage(url, { signal: this.scope?.signal });
    } catch (error) {
      if (this.scope) toast(error.message);
      return null;
    }
  }

  async #readDetail(details) {
    const place = details.querySelector?.('[data-part="detail"]');
    if (!details.open || !place || "isRead" in place.dataset) return;
    place.dataset.isRead = "";
    const fresh = await this.#fetch(place.dataset.url);
    if (fresh) place.replaceChildren(...fresh.body.childNodes);
    else delete place.dataset.isRead;
  }

  async #readEarlier(button) {
    const place = button.closest('[data-part="earlier"]');
    button.disabled = true;
    const fresh = await this.#fetch(button.dataset.url);
    if (!fresh) {
      button.disabled = false;
      return;
    }
    this.#isLong = true;
    const rows = [...fresh.body.children];
    place.replaceWith(...rows);
    rows
      .find((row) => row.matches(".change"))
      ?.querySelector("summary")
      .focus();
  }

  // -- what people do ------------------------------------------------------------------------------

  #open() {
    this.page.querySelector("vox-panel").show("tab-history");
    document.getElementById("tab-history").focus();
  }

  #clicked(event) {
    const { target } = event;
    const jump = target.closest("[data-jump]");
    const back = target.closest("[data-restore]");
    if (jump) this.#jump(event, jump);
    if (back) this.#restore({ version: Number(back.dataset.restore) });
    if (target.closest('[data-part="newer"]')) this.#showNewer();
    if (target.closest('[data-part="save"]')) this.#askForName();
    if (target.closest('[data-part="remove-version"]')) this.#remove(target.closest(".version"));
    const earlier = target.closest('[data-part="earlier"] button');
    if (earlier) this.#readEarlier(earlier);
  }

  #jump(event, link) {
    event.preventDefault();
    const line = document.getElementById(`s-${link.dataset.jump}`);
    if (!line) {
      toast("This passage is not in the text any more.");
      return;
    }
    this.page.player?.seek(Number(link.hash.slice("#t=".length)));
    line.scrollIntoView({ block: "center" });
    line.animate(FLASH, { duration: 1_500, easing: "ease-out" });
  }

  #restore(wanted) {
    const editing = this.page.querySelector("vox-editor")?.editing;
    restore(this.api, wanted, { before: async () => editing?.flush(), done: () => this.#refreshSoon() });
  }

  /** After something that this person did: the list is fetched anew in any case. */
  #refreshSoon() {
    this.#isStale = true;
    this.#isLong = false;
    if (this.#isShown) this.#refresh();
  }

  // -- versions with names -------------------------------------------------------------------------

  #askForName() {
    if (!this.dialog || this.dialog.open) return;
    this.dialog.querySelector("input").value = "";
    this.dialog.showModal();
  }

  async #save(event) {
    if (!event.target.matches('[data-part="save-form"]')) return;
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    await this.page.querySelector("vox-editor")?.editing?.flush();
    const saved = await this.#send("versions", "POST", { name });
    if (!saved) return;
    this.dialog.close();
    toast(`Saved as “${saved.name}”.`, { label: "Show it", action: () => this.#open() });
    this.#refreshSoon();
  }

  #chosen(field) {
    if (field.matches('[data-part="person"]')) this.#filter();
    if (field.matches('[data-part="version-name"]')) this.#rename(field);
  }

  async #filter() {
    const { value } = this.part("person");
    this.#isStale = false;
    this.#isLong = false;
    this.part("person").blur();
    await this.#refresh();
    const select = this.part("person");
    if (select?.value === value) select.focus();
  }

  async #rename(field) {
    const { id } = field.closest(".version").dataset;
    const saved = field.value.trim() && (await this.#send(`versions/${id}`, "PATCH", { name: field.value }));
    field.value = saved ? saved.name : field.defaultValue;
    field.defaultValue = field.value;
  }

  async #remove(row) {
    const { id, name, version } = row.dataset;
    if ((await this.#send(`versions/${id}`, "DELETE")) === false) return;
    row.remove();
    this.part("save")?.focus();
    const again = async () => {
      await this.#send("versions", "POST", { name, version: Number(version) });
      this.#refreshSoon();
    };
    toast(`The name “${name}” was removed; the text of it stays in the history.`, {
      label: "Undo",
      action: again,
    });
    this.#refreshSoon();
  }

  #key(event) {
    if (!event.target.matches('[data-part="version-name"]')) return;
    if (event.key === "Escape") event.target.value = event.target.defaultValue;
    if (event.key === "Enter" || event.key === "Escape") event.target.blur();
  }

  /** The answer, null for an empty one, false where it failed (which is told). */
  async #send(path, method, data) {
    try {
      return await json(`${this.api}/${path}`, { method, data });
    } catch (error) {
      toast(error.message);
      return false;
    }
  }
}

define("vox-history", History);
