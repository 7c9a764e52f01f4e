import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { json, page } from "../lib/http.js";
import { poll } from "../lib/poll.js";
import { isLive, isRunning, progressText } from "../lib/progress_text.js";
import { toast } from "../lib/toast.js";
import { refreshTotals } from "./results.js";

const POLL_MS = 2000;

/** <vox-row>: a row of a list. Renames in place, goes to the trash with a way back, shows progress. */
class Row extends ServerElement {
  upgrade(scope) {
    this.#on("start-rename", "click", (event) => this.#startRename(event));
    this.#on("keep", "click", (event) => this.#endRename(event));
    this.#on("rename", "submit", (event) => this.#rename(event));
    this.#on("rename", "keydown", (event) => event.key === "Escape" && this.#endRename(event));
    this.#on("job", "submit", (event) => this.#changeJob(event));
    this.#on("trash", "submit", (event) => this.#trash(event));
    if ("running" in this.dataset) this.#follow(scope);
  }

  #on(part, type, handler) {
    const target = this.part(part);
    if (target) this.scope.listen(target, type, handler);
  }

  get #title() {
    return this.part("title");
  }

  #startRename(event) {
    event.preventDefault();
    this.#title.hidden = true;
    this.part("rename").hidden = false;
    const box = this.part("rename").elements.title;
    box.value = this.dataset.title;
    box.focus();
    box.select();
  }

  #endRename(event) {
    event.preventDefault();
    this.part("rename").hidden = true;
    this.#title.hidden = false;
    this.#title.querySelector("a").focus();
  }

  async #rename(event) {
    event.preventDefault();
    const title = this.part("rename").elements.title.value.trim();
    if (!title) return;
    try {
      await json(this.dataset.api, { method: "PATCH", data: { title } });
    } catch (error) {
      toast(error.message);
      return;
    }
    await this.#refresh();
    document.getElementById(this.#id)?.querySelector(".row-title a")?.focus();
    announce(`Renamed to ${title}`);
  }

  async #changeJob(event) {
    event.preventDefault();
    try {
      await json(event.currentTarget.dataset.api, { method: "POST" });
      await this.#refresh();
    } catch (error) {
      toast(error.message);
    }
  }

  get #id() {
    return `row-${this.dataset.code}`;
  }

  async #trash(event) {
    event.preventDefault();
    const row = this.closest(".row");
    const place = document.createComment("");
    try {
      await json(this.dataset.api, { method: "DELETE" });
    } catch (error) {
      toast(error.message);
      return;
    }
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.replaceWith(place);
    near?.querySelector(".row-title a")?.focus();
    refreshTotals();
    toast(`“${this.dataset.title}” is in the trash.`, {
      label: "Undo",
      action: () => restore(this.dataset.api, place, row),
    });
  }

  #follow(scope) {
    let visible = false;
    const watcher = scope.observe(new IntersectionObserver(([entry]) => (visible = entry.isIntersecting)));
    watcher.observe(this);
    poll(scope, POLL_MS, async () => (visible ? this.#ask(scope) : true));
  }

  async #ask(scope) {
    const progress = await json(`${this.dataset.api}/progress`, { signal: scope.signal });
    const wasLive = !this.part("progress");
    if (isLive(progress) !== wasLive || !(isLive(progress) || isRunning(progress))) {
      await this.#refresh();
      return false;
    }
    if (wasLive) return true;
    this.part("progress-text").textContent = progressText(progress.job);
    if (progress.job.total_ms) this.part("progress").value = progress.job.percent;
    return true;
  }

  /** Put the server's fresh row in place of this one. */
  async #refresh() {
    const fresh = (await page(this.dataset.fragment)).querySelector(".row");
    this.closest(".row").replaceWith(fresh);
  }
}

async function restore(api, place, row) {
  try {
    await json(`${api}/restore`, { method: "POST" });
  } catch (error) {
    toast(error.message);
    return;
  }
  place.replaceWith(row);
  row.querySelector(".row-title a")?.focus();
  announce("It is back in your library.");
  refreshTotals();
}

define("vox-row", Row);
