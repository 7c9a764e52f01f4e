import { define, ServerElement } from "../lib/element.js";
import { page as fetchPage, json } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { Follow } from "../transcript/follow.js";
import { takeFreshParts } from "../transcript/fresh_parts.js";
import { showArriving, showJob } from "../transcript/job_card.js";
import { Position } from "../transcript/position.js";
import { ProgressWatch } from "../transcript/progress_watch.js";
import { momentOf } from "../transcript/timecode.js";
import { WordStore } from "../transcript/word_store.js";

const SAVE_POSITION_MS = 2_000;

/** <vox-transcript>: the page. Joins player, waveform, text, panel and progress; each works alone. */
class Transcript extends ServerElement {
  player = null;
  #playerScope = null;

  upgrade(scope) {
    this.version = Number(this.dataset.version);
    this.follow = new Follow();
    this.position = new Position(this.dataset.code);
    this.store = new WordStore((from, to) => this.#fetchWords(from, to));
    this.#openPlayer();
    this.#keys(scope);
    this.#names(scope);
    this.#comeBack(scope);
    this.#watchProgress(scope);
    this.#dialogs(scope);
    scope.listen(window, "hashchange", () => this.#goToHash());
  }

  get text() {
    return this.querySelector("vox-text");
  }

  get dock() {
    return this.querySelector("vox-dock");
  }

  async #fetchWords(fromMs, toMs) {
    const signal = this.scope?.signal;
    return (await json(`${this.dataset.api}/words?from_ms=${fromMs}&to_ms=${toMs}`, { signal })).segments;
  }

  // -- player ------------------------------------------------------------------------------------

  #openPlayer() {
    this.#playerScope?.close();
    this.#playerScope = this.scope.child();
    const media = this.querySelector('[data-part="media"]');
    if (!media) return;
    this.player = this.dock.open(media, this.#playerScope);
    this.dock
      .querySelector("vox-wave")
      .connect(
        { player: this.player, bands: (from, to) => this.text.lines.between(from, to) },
        this.#playerScope,
      );
    this.text.connect({ player: this.player, store: this.store, follow: this.follow }, this.#playerScope);
    if (media.localName === "video") this.#playerScope.listen(media, "click", () => this.player.toggle());
    this.#startWhereLeft();
  }

  #startWhereLeft() {
    this.#keepPosition(this.#playerScope);
    const linked = momentOf(location.hash);
    const left = linked ?? this.position.read(this.player.durationMs);
    if (!left) return;
    this.player.place(left);
    this.text.paint();
    this.text.bringIntoView({ smooth: false });
  }

  #goToHash() {
    const linked = momentOf(location.hash);
    if (linked !== null && this.player) this.player.seek(linked);
  }

  #keepPosition(scope) {
    const save = () => this.player.ms > 0 && this.position.write(this.player.ms);
    scope.every(SAVE_POSITION_MS, () => this.player.playing && save());
    scope.listen(this.player, "pause", save);
    scope.listen(this.player, "asked", save);
    scope.listen(window, "pagehide", save);
  }

  // -- keys and dialogs --------------------------------------------------------------------------

  #keys(scope) {
    const keys = this.querySelector("vox-keys");
    const own = {
      keys: () => keys.open(),
      follow: () => this.#backToWord(),
      previousLine: () => this.#seekLine(-1),
      nextLine: () => this.#seekLine(1),
    };
    scope.listen(document, "keydown", (event) => {
      const command = keys.commandOf(event);
      if (!command || (!this.player && command !== "keys")) return;
      event.preventDefault();
      if (own[command]) own[command]();
      else this.dock.run(command);
    });
  }

  #seekLine(step) {
    const line = this.text.lines.beside(this.player.ms, step);
    if (line) this.player.seek(line.startMs);
  }

  /** For browsers that do not know command="show-modal" on buttons. */
  #dialogs(scope) {
    if ("commandForElement" in HTMLButtonElement.prototype) return;
    scope.listen(this, "click", (event) => {
      const opens = event.target.closest("[data-opens]")?.dataset.opens;
      if (opens) document.getElementById(opens).showModal();
    });
  }

  // -- names -------------------------------------------------------------------------------------

  #names(scope) {
    scope.listen(this, "speaker-named", ({ detail }) => this.#showName(detail));
    scope.listen(this, "click", (event) => {
      const button = event.target.closest("button.name");
      if (!button) return;
      const speakers = this.querySelector("vox-speakers");
      this.querySelector("vox-rename").open(button, (id, name) => speakers.rename(id, name));
    });
  }

  #showName({ id, name }) {
    for (const place of this.querySelectorAll(`.name[data-speaker="${id}"]`)) place.textContent = name;
    this.querySelector("vox-speakers").showName(id, name);
  }

  // -- following ---------------------------------------------------------------------------------

  #comeBack(scope) {
    const back = this.part("back");
    this.follow.onChange((following) => back.toggleAttribute("hidden", following));
    scope.listen(back, "click", () => this.#backToWord());
  }

  #backToWord() {
    this.follow.resume();
    this.text.bringIntoView();
  }

  // -- progress ----------------------------------------------------------------------------------

  #watchProgress(scope) {
    const { api } = this.dataset;
    this.watch = new ProgressWatch({
      ask: () => json(`${api}/progress`, { signal: scope.signal }),
      after: (ms, work) => scope.after(ms, work),
      show: (progress) => this.#showProgress(progress),
      lost: () => toast("This transcript can no longer be opened. It may have been moved or unshared."),
    });
    this.watch.start(Boolean(this.querySelector('[data-part="bar"]')));
    scope.listen(document, "visibilitychange", () => document.hidden || this.watch.now());
  }

  async #showProgress(progress) {
    if (progress.version !== this.version) await this.#refresh();
    showJob(this.querySelector("vox-notices"), progress.job);
    showArriving(this.text.querySelector('[data-part="arriving"]'), progress.partial);
    if (progress.partial.length) this.text.querySelector('[data-part="skeleton"]')?.remove();
  }

  async #refresh() {
    const answer = await fetchPage(this.dataset.partsUrl, { signal: this.scope.signal });
    const fresh = answer.querySelector("[data-version]");
    const isNewPlayer = takeFreshParts(this, fresh, this.part("scroller"));
    this.version = Number(fresh.dataset.version);
    this.querySelector("vox-title")?.show(fresh.dataset.title);
    this.store.clear();
    this.text.readLines();
    if (isNewPlayer) this.#openPlayer();
    else if (this.player) {
      this.text.paint();
      this.dock.querySelector("vox-wave").redraw();
    }
  }
}

define("vox-transcript", Transcript);
