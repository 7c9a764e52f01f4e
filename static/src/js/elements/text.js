import { define, ServerElement } from "../lib/element.js";
import { isOnScrollbar, SCROLL_KEYS, scrollBy } from "../transcript/follow.js";
import { Lines } from "../transcript/lines.js";
import { isOn, placeAt, SpokenWord } from "../transcript/spoken_word.js";
import { PREFETCH_MS } from "../transcript/word_store.js";
import { wordAt, wordAtOffset } from "../transcript/words.js";

/** Beyond so many window heights a smooth scroll is only a blur. */
const SMOOTH_HEIGHTS = 1.5;

/** <vox-text>: the lines. Paints what is spoken, follows it, and plays what is clicked. */
class Text extends ServerElement {
  current = null;
  currentWord = -1;

  upgrade() {
    this.spoken = new SpokenWord("spoken");
    this.scroller = this.closest('[data-part="scroller"]');
    this.readLines();
  }

  /** Read the lines again after the text has changed. */
  readLines() {
    const elements = [...this.querySelectorAll(".lines > .seg")];
    this.lines = new Lines(elements.map(lineOf));
    this.current = null;
    this.currentWord = -1;
    this.spoken.clear();
    const focusable = this.querySelector('.time[tabindex="0"]') ?? this.querySelector("a.time");
    focusable?.setAttribute("tabindex", "0");
  }

  connect({ player, store, follow }, scope) {
    Object.assign(this, { player, store, follow });
    scope.listen(player, "time", () => this.paint());
    scope.listen(player, "asked", () => this.#asked());
    scope.listen(this, "click", (event) => this.#clicked(event));
    scope.listen(this, "keydown", (event) => this.#walk(event));
    this.#watchScrolling(scope);
  }

  /** Mark the line and the word that sound now. */
  paint() {
    const ms = this.player.ms;
    if (ms <= 0 && !this.player.playing) return;
    const line = this.lines.at(ms);
    const lineChanged = line !== this.current;
    if (lineChanged) this.#markLine(line);
    if (!line) return;
    this.#wantWords(line, ms);
    const wordChanged = this.#markWord(line, ms);
    if ((lineChanged || wordChanged) && this.follow.following) this.bringIntoView();
  }

  /** Words that come while the sound stands still are painted when they are here. */
  async #wantWords(line, ms) {
    const isNew = !this.store.tableOf(line);
    await this.store.ensure(ms, ms + PREFETCH_MS);
    if (isNew && line === this.current && this.store.tableOf(line)) this.paint();
  }

  /** Scroll to the spoken word, or to its line while the words are not here yet. */
  bringIntoView({ smooth = true } = {}) {
    const target = this.spoken.range ?? this.current?.element;
    if (!target) return;
    const by = scrollBy(target.getBoundingClientRect(), this.scroller.getBoundingClientRect());
    if (!by) return;
    const far = Math.abs(by) > SMOOTH_HEIGHTS * this.scroller.clientHeight;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollBy({ top: by, behavior: smooth && !far && !calm ? "smooth" : "instant" });
    if (far) this.#settle();
  }

  /** Heights of lines that were never shown are estimates: look again when the real ones are known. */
  #settle() {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (this.isConnected) this.bringIntoView({ smooth: false });
      }),
    );
  }

  #asked() {
    this.follow.resume();
    this.paint();
    this.bringIntoView();
  }

  #markLine(line) {
    this.current?.element.classList.remove("now");
    this.current?.element.removeAttribute("aria-current");
    line?.element.classList.add("now");
    line?.element.setAttribute("aria-current", "true");
    this.current = line;
    this.currentWord = -1;
    this.spoken.clear();
  }

  #markWord(line, ms) {
    const table = this.store.tableOf(line);
    const word = table ? wordAt(table, ms) : -1;
    if (word === this.currentWord) return false;
    this.currentWord = word;
    if (word < 0) this.spoken.clear();
    else this.spoken.show(line.textNode, table.froms[word], table.tos[word]);
    return word >= 0;
  }

  async #clicked(event) {
    const link = event.target.closest("a.time");
    if (link) return this.#openMoment(event, link);
    if (!event.target.closest(".lines p") || !getSelection().isCollapsed) return null;
    const place = placeAt(event.clientX, event.clientY);
    const line = place && this.#lineOf(place.node);
    if (!line) return null;
    await this.store.ensure(line.startMs, line.endMs);
    return this.#playWord(line, place.offset, event);
  }

  #openMoment(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.player.seek(Number(link.closest(".seg").dataset.start));
    this.player.play();
  }

  #playWord(line, offset, { clientX, clientY }) {
    const table = this.store.tableOf(line);
    const word = table ? wordAtOffset(table, offset) : -1;
    if (word >= 0) {
      const range = document.createRange();
      range.setStart(line.textNode, table.froms[word]);
      range.setEnd(line.textNode, table.tos[word]);
      if (!isOn(range, clientX, clientY)) return;
    }
    this.player.seek(word >= 0 ? table.starts[word] : line.startMs);
    this.player.play();
  }

  #lineOf(node) {
    const element = node.parentElement?.closest(".seg");
    return element && this.lines.inTime.find((line) => line.element === element);
  }

  /** The times are one tab stop; up and down walk through them. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches("a.time")) return;
    event.preventDefault();
    const times = [...this.querySelectorAll("a.time")];
    const next = times[times.indexOf(event.target) + step];
    if (!next) return;
    event.target.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  #watchScrolling(scope) {
    const stop = () => this.current && this.follow.stop();
    scope.listen(this.scroller, "wheel", (event) => !event.ctrlKey && stop(), { passive: true });
    scope.listen(this.scroller, "touchmove", stop, { passive: true });
    scope.listen(this.scroller, "pointerdown", (event) => isOnScrollbar(event, this.scroller) && stop());
    scope.listen(document, "keydown", (event) => {
      if (!SCROLL_KEYS.has(event.key) || event.defaultPrevented) return;
      // Nothing has the focus yet: the keys would scroll the page, which does not scroll.
      if (event.target === document.body) this.scroller.focus({ preventScroll: true });
      if (event.target === document.body || this.scroller.contains(event.target)) stop();
    });
  }
}

function lineOf(element) {
  return {
    key: element.id.slice(2),
    startMs: Number(element.dataset.start),
    endMs: Number(element.dataset.end),
    hue: Number(/hue-(\d)/.exec(element.className)?.[1] ?? 0),
    element,
    get textNode() {
      return (
        element.lastElementChild.firstChild ??
        element.lastElementChild.appendChild(document.createTextNode(""))
      );
    },
    get text() {
      return element.lastElementChild.textContent;
    },
  };
}

define("vox-text", Text);
