import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { poll } from "../lib/poll.js";
import { isRunning } from "../lib/progress_text.js";
import { toast } from "../lib/toast.js";
import { due, isBusy, waiting } from "../upload/queue.js";
import { Rate } from "../upload/rate.js";
import { UploadRow } from "../upload/row.js";
import { Transfer } from "../upload/transfer.js";
import { UnfinishedList } from "../upload/unfinished_list.js";
import { startText, tooLarge } from "../upload/words.js";

const POLL_MS = 2000;

/** <vox-uploader>: files from the picker, a drop or a paste go up, two at a time, and become transcripts. */
class Uploader extends ServerElement {
  #items = [];
  #rows = new Map();

  upgrade(scope) {
    this.options = this.querySelector("vox-transcription-options");
    this.unfinished = new UnfinishedList(this, scope, (file) => this.addFiles([file], { start: true }));
    scope.listen(this.part("picker"), "change", (event) => this.#picked(event));
    scope.listen(this.part("start"), "click", () => this.#startAll());
    scope.listen(window, "beforeunload", (event) => isBusy(this.#items) && event.preventDefault());
    scope.listen(window, "online", () => this.#resumeLost());
    scope.add(() => this.#stop());
  }

  #stop() {
    for (const item of this.#items) item.transfer?.pause();
  }

  /** Take files in; they wait for the start button, except those that go on with an unfinished upload. */
  addFiles(files, { start = false } = {}) {
    for (const file of files.filter((file) => !this.#has(file))) {
      const item = { file, name: file.name, size: file.size, sent: 0, rate: new Rate(), state: "waiting" };
      if (file.size > Number(this.dataset.maxBytes))
        this.#fail(item, tooLarge(Number(this.dataset.maxBytes)));
      this.#add(item);
      if (item.state === "waiting" && (start || this.unfinished.claim(file))) item.state = "queued";
    }
    this.#paintAll();
    this.#pump();
    if (waiting(this.#items).length) this.part("start").focus();
  }

  /** The same file twice would be two uploads to one address. */
  #has({ name, size, lastModified }) {
    return this.#items.some(
      ({ file }) => file.name === name && file.size === size && file.lastModified === lastModified,
    );
  }

  #picked({ target }) {
    this.addFiles([...target.files]);
    target.value = "";
  }

  #add(item) {
    const row = new UploadRow(this.part("row"), item, {
      pause: () => this.#pause(item),
      resume: () => this.#queue(item),
      retry: () => this.#retry(item),
      cancel: () => this.#cancel(item),
      again: () => this.#again(item),
    });
    this.#items.push(item);
    this.#rows.set(item, row);
    this.part("list").append(row.element);
  }

  #startAll() {
    if (!this.options.check()) return;
    for (const item of waiting(this.#items)) item.state = "queued";
    this.#paintAll();
    this.#pump();
  }

  #pump() {
    for (const item of due(this.#items)) this.#send(item);
  }

  async #send(item) {
    item.transfer ??= this.#transfer(item);
    item.rate.reset();
    this.#set(item, "sending");
    try {
      await item.transfer.start();
    } catch (error) {
      this.#fail(item, error.message);
    }
  }

  #transfer(item) {
    return new Transfer({
      file: item.file,
      endpoint: this.dataset.endpoint,
      person: this.dataset.person,
      metadata: this.options.metadata,
      tell: {
        onProgress: (sent) => this.#progress(item, sent),
        onRetry: () => this.#retrying(item),
        onDone: (outcome) => this.#arrived(item, outcome),
        onError: (message, { offline }) => this.#fail(item, message, { offline }),
      },
    });
  }

  #progress(item, sent) {
    if (item.state !== "sending" && item.state !== "finishing") return;
    Object.assign(item, { sent, retrying: false });
    item.rate.add(sent, performance.now());
    item.bytesPerSecond = item.rate.bytesPerSecond;
    item.remainingMs = item.rate.remainingMs(item.size - sent);
    this.#set(item, sent < item.size ? "sending" : "finishing");
  }

  #retrying(item) {
    item.retrying = true;
    item.rate.reset();
    this.#rows.get(item).paint();
  }

  #arrived(item, { code, duplicate, upload }) {
    Object.assign(item, { code, upload, href: `/t/${code}` });
    this.#set(item, duplicate ? "duplicate" : "transcribing");
    announce(`${item.name}: ${duplicate ? "you already have this recording" : "uploaded"}`);
    if (!duplicate) this.#follow(item);
    this.#pump();
  }

  #follow(item) {
    const turn = this.scope.child();
    poll(turn, POLL_MS, async () => {
      const progress = await json(`${this.dataset.transcripts}/${item.code}/progress`, {
        signal: turn.signal,
      });
      item.job = progress.job;
      const running = isRunning(progress);
      if (!running) this.#ended(item, progress);
      else this.#set(item, "transcribing");
      return running;
    });
  }

  #ended(item, progress) {
    item.error = progress.job?.error?.message ?? "";
    this.#set(item, progress.state === "ready" ? "done" : "stopped");
    announce(`${item.name}: ${progress.state === "ready" ? "transcribed" : item.error}`);
  }

  async #again(item) {
    const data = { upload: item.upload, force: true };
    try {
      const made = await json(this.dataset.recordings, { method: "POST", data });
      this.#arrived(item, { code: made.code, duplicate: false, upload: item.upload });
    } catch (error) {
      toast(error.message);
    }
  }

  async #pause(item) {
    this.#set(item, "paused");
    await item.transfer?.pause();
    this.#pump();
  }

  #queue(item) {
    this.#set(item, "queued");
    this.#pump();
  }

  /** A refused upload may have been refused for its options, so the present ones are taken. */
  #retry(item) {
    if (!item.sent) item.transfer = null;
    this.#queue(item);
  }

  async #cancel(item) {
    this.#rows.get(item).element.remove();
    this.#items.splice(this.#items.indexOf(item), 1);
    this.#paintAll();
    this.part("picker").focus();
    try {
      if (item.state !== "duplicate") await item.transfer?.discard();
    } catch (error) {
      toast(error.message);
    }
    this.#pump();
  }

  #fail(item, message, { offline = false } = {}) {
    Object.assign(item, { error: message, offline });
    this.#set(item, "failed");
    announce(`${item.name}: ${message}`);
    this.#pump();
  }

  #resumeLost() {
    for (const item of this.#items) if (item.state === "failed" && item.offline) this.#queue(item);
  }

  #set(item, state) {
    item.state = state;
    this.#rows.get(item)?.paint();
    this.#paintStart();
  }

  #paintAll() {
    for (const row of this.#rows.values()) row.paint();
    this.part("list").hidden = this.#items.length === 0;
    this.part("zone").classList.toggle("small", this.#items.length > 0);
    this.#paintStart();
  }

  #paintStart() {
    const ready = waiting(this.#items);
    this.part("start-bar").hidden = ready.length === 0;
    const { button, summary } = startText(ready);
    this.part("start").textContent = button;
    this.part("summary").textContent = summary;
  }
}

define("vox-uploader", Uploader);
