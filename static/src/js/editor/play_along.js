/** Paints what sounds, keeps it in sight, and goes to what is clicked. No document is touched for it. */

import { isOnScrollbar, SCROLL_KEYS, scrollBy } from "../transcript/follow.js";
import { isOn, SpokenWord } from "../transcript/spoken_word.js";
import { PREFETCH_MS } from "../transcript/word_store.js";
import { wordAt, wordAtOffset } from "../transcript/words.js";
import { momentOfPlace } from "./moment_at.js";

/** Beyond so many window heights a smooth scroll is only a blur. */
const SMOOTH_HEIGHTS = 1.5;
/** Who has just typed looks at the caret: the text does not move away under it. */
const TYPING_MS = 4_000;

export class PlayAlong {
  current = null;
  currentWord = -1;
  #typedAt = Number.NEGATIVE_INFINITY;

  constructor(editor, scroller) {
    Object.assign(this, { editor, scroller });
    this.spoken = new SpokenWord("spoken");
  }

  use({ store, follow }, scope) {
    Object.assign(this, { store, follow });
    this.#watchScrolling(scope);
  }

  connect(player, scope) {
    this.player = player;
    scope.listen(player, "time", () => this.paint());
    scope.listen(player, "asked", () => this.#asked());
    this.paint();
  }

  /** The text has changed: what is painted may stand on nodes that are gone. */
  textChanged({ ids, isOwn }) {
    if (isOwn) this.#typedAt = performance.now();
    const isHere = this.current && (!this.current.isConnected || ids.has(this.current.id.slice(2)));
    if (!isHere) return;
    this.currentWord = -1;
    this.paint();
  }

  /** Mark the line and the word that sound now. */
  paint() {
    const { player, editor } = this;
    if (!player || !editor.view) return;
    const { ms } = player;
    if (ms <= 0 && !player.playing) return;
    const line = editor.lines.at(ms);
    const isNewLine = line?.element !== this.current;
    if (isNewLine) this.#markLine(line?.element ?? null);
    if (!line) return;
    this.#wantWords(line, ms);
    const isNewWord = this.#markWord(line, ms);
    if ((isNewLine || isNewWord) && this.follow.following && !this.#isTyping) this.bringIntoView();
  }

  /** Words that come while the sound stands still are painted when they are here. */
  async #wantWords(line, ms) {
    const hadWords = this.store.isLoaded(line.startMs);
    this.store.ensureNew(line.key, line.startMs);
    await this.store.ensure(ms, ms + PREFETCH_MS);
    const isHere = !hadWords && this.store.isLoaded(line.startMs);
    if (isHere && line.element === this.current) this.paint();
  }

  /** Scroll to the spoken word, or to its line while the words are not here yet. */
  bringIntoView({ smooth = true } = {}) {
    const target = this.spoken.range ?? this.current;
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
        if (this.editor.isConnected) this.bringIntoView({ smooth: false });
      }),
    );
  }

  get #isTyping() {
    return performance.now() - this.#typedAt < TYPING_MS;
  }

  #asked() {
    this.#typedAt = Number.NEGATIVE_INFINITY;
    this.follow.resume();
    this.paint();
    this.bringIntoView();
  }

  #markLine(element) {
    this.current?.classList.remove("now");
    this.current?.removeAttribute("aria-current");
    element?.classList.add("now");
    element?.setAttribute("aria-current", "true");
    this.current = element;
    this.currentWord = -1;
    this.spoken.clear();
  }

  #markWord(line, ms) {
    const table = this.editor.words.tableOf(line);
    const word = table ? wordAt(table, ms) : -1;
    if (word === this.currentWord) return false;
    this.currentWord = word;
    const range = word < 0 ? null : this.editor.rangeOf(line.key, table.froms[word], table.tos[word]);
    if (range) this.spoken.show(range);
    else this.spoken.clear();
    return range !== null;
  }

  /** A place in the text was clicked: the sound goes there. In a text to read it plays, too. */
  async clicked(pos, event) {
    const place = this.editor.placeAt(pos);
    if (!place || !this.player) return;
    const { line, offset } = place;
    await this.store.ensure(line.startMs, line.endMs);
    const table = this.editor.words.tableOf(line);
    if (!this.editor.canEdit && !this.#isOnWord(line, table, offset, event)) return;
    this.player.seek(momentOfPlace(table, line, offset));
    if (!this.editor.canEdit) this.player.play();
  }

  #isOnWord({ key }, table, offset, { clientX, clientY }) {
    const word = table ? wordAtOffset(table, offset) : -1;
    const range = word < 0 ? null : this.editor.rangeOf(key, table.froms[word], table.tos[word]);
    return !range || isOn(range, clientX, clientY);
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
