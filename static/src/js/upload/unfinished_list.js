import { size } from "../lib/amounts.js";
import { toast } from "../lib/toast.js";
import { discard, matching, unfinishedUploads } from "./unfinished.js";

/** "Not finished yet": uploads an earlier visit left behind; choosing the same file again goes on. */
export class UnfinishedList {
  #uploads = [];

  constructor(page, scope, goOn) {
    this.page = page;
    this.goOn = goOn;
    this.#load(scope);
  }

  /** Take `file` off the list; true where an unfinished upload of it was there. */
  claim(file) {
    const found = matching(this.#uploads, this.page.dataset.person, file);
    if (found) this.#remove(found);
    return Boolean(found);
  }

  async #load(scope) {
    try {
      this.#uploads = await unfinishedUploads(this.page.dataset.person, scope.signal);
    } catch {
      return;
    }
    for (const upload of this.#uploads) this.#add(upload);
    this.#show();
  }

  #add(upload) {
    const row = this.page.part("unfinished-row").content.firstElementChild.cloneNode(true);
    const part = (name) => row.querySelector(`[data-part="${name}"]`);
    part("name").textContent = upload.name;
    part("note").textContent = `${size(upload.sent)} of ${size(upload.size)} arrived`;
    part("choose").ariaLabel = `Choose the file again: ${upload.name}`;
    part("discard").ariaLabel = `Discard: ${upload.name}`;
    part("choose").addEventListener("click", () => this.#choose(upload));
    part("discard").addEventListener("click", () => this.#discard(upload));
    upload.row = row;
    this.page.part("unfinished-list").append(row);
  }

  #choose(upload) {
    const picker = Object.assign(document.createElement("input"), { type: "file" });
    picker.addEventListener("change", () => this.#chosen(upload, picker.files[0]));
    picker.click();
  }

  #chosen(upload, file) {
    const same = matching([upload], this.page.dataset.person, file);
    if (!same) {
      toast(`That is another file, or it was changed since. Choose ${upload.name} as it was.`);
      return;
    }
    this.#remove(upload);
    this.goOn(file);
  }

  async #discard(upload) {
    this.#remove(upload);
    try {
      await discard(upload);
    } catch (error) {
      if (error.status !== 404) toast(error.message);
    }
  }

  #remove(upload) {
    this.#uploads.splice(this.#uploads.indexOf(upload), 1);
    upload.row.remove();
    this.#show();
  }

  #show() {
    this.page.part("unfinished").hidden = this.#uploads.length === 0;
  }
}
