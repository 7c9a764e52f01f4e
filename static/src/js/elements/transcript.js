import { listenForMenus } from "../editor/menu_commands.js";
import { after } from "../lib/after.js";
import { define, ServerElement } from "../lib/element.js";
import { page as fetchPage, json } from "../lib/http.js";
import { isLive } from "../lib/progress_text.js";
import { toast } from "../lib/toast.js";
import { Follow } from "../transcript/follow.js";
import { takeFreshParts } from "../transcript/fresh_parts.js";
import { showArriving, showJob } from "../transcript/job_card.js";
import { MarkMoments } from "../transcript/mark_moments.js";
import { Position } from "../transcript/position.js";
import { hasOpenJob, ProgressWatch } from "../transcript/progress_watch.js";
import { momentOf } from "../transcript/timecode.js";
import { WordStore } from "../transcript/word_store.js";
import { LivePage } from "../watch/live_page.js";
import { PageSocket, socketUrl } from "../watch/page_socket.js";

const SAVE_POSITION_MS = 2_000;
const FLAGS_MS = 300;

/** <vox-transcript>: the page. Joins player, waveform, text, panel and progress; each works alone. */
class Transcript extends ServerElement {
  player = null;
  live = null;
  #playerScope = null;

  upgrade(scope) {
    this.version = Number(this.dataset.version);
    this.follow = new Follow();
    this.position = new Position(this.dataset.code);
    this.store = new WordStore((from, to) => this.#fetchWords(from, to));
    this.#connect(scope);
    this.#openText(scope);
    listenForMenus(this, scope);
    this.#openPlayer();
    this.#comeBack(scope);
    this.#readMarks(scope);
    this.#watchProgress(scope);
    this.#dialogs(scope);
    scope.listen(window, "hashchange", () => this.#goToHash());
  }

  get text() {
    return this.querySelector("vox-editor");
  }

  get dock() {
    return this.querySelector("vox-dock");
  }

  get marks() {
    return this.querySelector("vox-marks");
  }

  /** One line for everything that happens: what is said, what is written, who is there. */
  #connect(scope) {
    this.socket = new PageSocket({ url: socketUrl(this.dataset.socket) });
    scope.add(() => this.socket.close());
    for (const type of ["online", "offline"]) scope.listen(window, type, () => this.socket.renew());
    this.socket.start();
  }

  #fetchWords(fromMs, toMs) {
    const signal = this.scope?.signal;
    return json(`${this.dataset.api}/words?from_ms=${fromMs}&to_ms=${toMs}`, { signal });
  }

  // -- text --------------------------------------------------------------------------------------

  #openText(scope) {
    scope.listen(this, "editor-ready", () => this.#textIsHere());
    let cancel = null;
    // Flags stand beside lines, which people split and join; once they pause is soon enough.
    scope.listen(this, "editor-changed", ({ detail }) => {
      this.#outdateWords(detail.ids);
      cancel?.();
      cancel = after(FLAGS_MS, () => scope.closed || this.moments.showFlags());
    });
    this.text.open({ socket: this.socket, store: this.store, follow: this.follow });
  }

  #outdateWords(ids) {
    for (const id of ids) {
      const view = this.text.segmentViews.get(id);
      if (view) this.store.outdate(view.node.attrs.start_ms);
    }
  }

  #textIsHere() {
    this.moments.showFlags();
    this.wave?.redraw();
    this.live?.end.show();
    if (this.live || !this.player?.ms) return;
    this.text.paint();
    this.text.bringIntoView({ smooth: false });
  }

  // -- player ------------------------------------------------------------------------------------

  get wave() {
    return this.querySelector("vox-wave");
  }

  #openPlayer() {
    this.#playerScope?.close();
    this.#playerScope = this.scope.child();
    const media = this.querySelector('[data-part="media"]');
    if (!media) return;
    this.player = this.dock.open(media, this.#playerScope);
    const bands = (from, to) => this.text.lines.between(from, to);
    this.wave.connect({ player: this.player, bands }, this.#playerScope);
    this.text.connect({ player: this.player }, this.#playerScope);
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

  /** Run a command by its name, for keys outside of the text; false where there was nothing to do. */
  run(command) {
    const own = {
      follow: () => this.#backToWord(),
      mark: () => this.moments.add(),
      previousLine: () => this.#seekLine(-1),
      nextLine: () => this.#seekLine(1),
    }[command];
    if (!own) return this.text.run(command) || this.dock.run(command);
    own();
    return true;
  }

  #seekLine(step) {
    const line = this.player && this.text.lines.beside(this.player.ms, step);
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

  // -- following ---------------------------------------------------------------------------------

  #comeBack(scope) {
    const back = this.part("back-to-word");
    this.follow.onChange((following) => back.toggleAttribute("hidden", following));
    scope.listen(back, "click", () => this.#backToWord());
  }

  #backToWord() {
    this.follow.resume();
    if (this.live) this.live.end.show();
    else if (this.player) this.text.bringIntoView();
  }

  #readMarks(scope) {
    this.moments = new MarkMoments(this, scope, () => this.player?.ms ?? this.live?.momentMs ?? null);
    this.moments.showFlags();
  }

  // -- progress ----------------------------------------------------------------------------------

  #watchProgress(scope) {
    const { api } = this.dataset;
    this.watch = new ProgressWatch({
      ask: () => json(`${api}/progress`, { signal: scope.signal }),
      after: (ms, work) => scope.after(ms, work),
      show: (progress) => this.#showProgress(progress),
      lost: () => this.#lost(),
      isBusy: (progress) => hasOpenJob(progress) || (isLive(progress) && !this.live?.connected),
    });
    this.watch.start(Boolean(this.querySelector('[data-part="bar"]')));
    this.#goLive();
    scope.listen(document, "visibilitychange", () => document.hidden || this.watch.now());
  }

  /** A page of a running take hears what is said; when the take is over it goes on as any other. */
  #goLive() {
    const isOver = this.text.dataset.stage !== "live";
    this.toggleAttribute("data-live", !isOver);
    if (isOver) this.live?.close();
    if (isOver) this.live = null;
    else {
      this.live ??= new LivePage({ root: this, scope: this.scope, ask: () => this.watch.now() });
    }
  }

  #lost() {
    this.live?.close();
    toast("This transcript can no longer be opened. It may have been moved or unshared.");
  }

  async #showProgress(progress) {
    if (progress.version !== this.version) this.text.editing.fetchMissed();
    if (this.live && isLive(progress)) {
      if (progress.version !== this.version) await this.live.catchUp();
      return;
    }
    if (progress.version !== this.version || this.live) await this.#refresh();
    showJob(this.querySelector("vox-notices"), progress.job);
    showArriving(this.text.querySelector('[data-part="arriving"]'), progress.partial);
    if (progress.partial.length) this.text.querySelector('[data-part="skeleton"]')?.remove();
  }

  async #refresh() {
    const answer = await fetchPage(this.dataset.partsUrl, { signal: this.scope.signal });
    const fresh = answer.querySelector("[data-version]");
    const { stage } = this.text.dataset;
    const isNewPlayer = takeFreshParts(this, fresh, this.part("scroller"));
    // A pass has ended: the words that are the same may have better moments now.
    if (stage !== this.text.dataset.stage) this.store.clear();
    this.version = Number(fresh.dataset.version);
    this.querySelector("vox-title")?.show(fresh.dataset.title);
    this.#goLive();
    this.moments.showFlags();
    if (isNewPlayer) this.#openPlayer();
    else if (this.player) this.wave.redraw();
  }
}

define("vox-transcript", Transcript);
