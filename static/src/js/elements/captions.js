import { define, ServerElement } from "../lib/element.js";
import { icon } from "../lib/icon.js";
import { CaptionLines } from "../live/caption_lines.js";
import { Follow } from "../transcript/follow.js";
import { spokenTime } from "../transcript/timecode.js";

const NEAR_END_PX = 48;
const SPOKEN_FOR_MS = 12_000;

/**
 * <vox-captions>: the text of a take, newest at the foot.
 *
 * It follows until the person scrolls up, and again when they are back at the end. Screen readers are told
 * final text only, phrase by phrase, in a log of its own.
 */
class Captions extends ServerElement {
  #lines = new CaptionLines();
  #shown = new Map();
  #frame = 0;
  #lastHeard = "";

  upgrade(scope) {
    this.scroller = this.part("scroller");
    this.follow = new Follow();
    this.follow.onChange((following) => this.part("back").toggleAttribute("hidden", following));
    scope.listen(this.scroller, "scroll", () => this.#scrolled(), { passive: true });
    scope.listen(this.part("back"), "click", () => this.backToLive());
    scope.observe(new ResizeObserver(() => this.#toEnd())).observe(this.scroller);
    scope.add(() => cancelAnimationFrame(this.#frame));
  }

  caption(caption) {
    this.#change(() => this.#lines.caption(caption));
  }

  final(final) {
    this.#change(() => this.#lines.final(final));
    this.#say(
      final.speaker && final.speaker !== this.#lastHeard ? `${final.speaker}: ${final.text}` : final.text,
    );
    this.#lastHeard = final.speaker;
  }

  /** Text from before this page, or missed while there was no connection; nobody is told of it. */
  readBack(finals) {
    this.#change(() => {
      for (const final of finals) this.#lines.final(final);
    });
  }

  mark(mark) {
    this.#change(() => this.#lines.mark(mark));
  }

  marked(key) {
    this.#change(() => this.#lines.marked(key));
  }

  set emptyText(text) {
    this.part("empty-text").textContent = text;
  }

  backToLive() {
    this.follow.resume();
    this.#toEnd();
  }

  #change(work) {
    work();
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #say(text) {
    const phrase = Object.assign(document.createElement("p"), { textContent: text });
    this.part("log").append(phrase);
    this.scope.after(SPOKEN_FOR_MS, () => phrase.remove());
  }

  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.follow.resume();
    else this.follow.stop();
  }

  #toEnd() {
    if (this.follow.following) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #paint() {
    this.#frame = 0;
    if (this.follow.following && this.#lines.trim()) this.part("cut").hidden = false;
    this.part("empty").hidden = !this.#lines.isEmpty;
    this.#paintParagraphs(this.#lines.paragraphs());
    this.#toEnd();
  }

  /** Paragraphs that did not change keep their element, so that a selection in them stays. */
  #paintParagraphs(paragraphs) {
    const old = this.#shown;
    this.#shown = new Map();
    for (const paragraph of paragraphs) {
      const signature = JSON.stringify(paragraph);
      const known = old.get(paragraph.key);
      const element = known?.element ?? document.createElement("div");
      if (known?.signature !== signature) fill(element, paragraph);
      this.#shown.set(paragraph.key, { element, signature });
    }
    const wanted = [...this.#shown.values()].map(({ element }) => element);
    for (const { element } of old.values()) if (!wanted.includes(element)) element.remove();
    this.#order(wanted);
  }

  #order(wanted) {
    const box = this.part("lines");
    for (const [index, element] of wanted.entries()) {
      if (box.children[index] !== element) box.insertBefore(element, box.children[index] ?? null);
      element.classList.toggle("old", index < wanted.length - 1);
    }
  }
}

function fill(element, { speaker, hue, items }) {
  element.className = `hue-${hue}`;
  const name = speaker ? [span("who", speaker)] : [];
  const text = document.createElement("p");
  text.append(...items.flatMap((item) => [drawn(item), " "]));
  element.replaceChildren(...name, text);
}

function drawn(item) {
  if (item.kind === "text") return document.createTextNode(item.text);
  if (item.kind === "soft") return span("soft", item.text);
  const flag = span(item.sent ? "flag" : "flag waiting");
  flag.title = `Marked after ${spokenTime(item.atMs)}`;
  const told = span("visually-hidden", `${flag.title}${item.note ? ": " : ""}`);
  flag.append(icon("flag"), told, item.note);
  return flag;
}

function span(className, textContent = "") {
  return Object.assign(document.createElement("span"), { className, textContent });
}

define("vox-captions", Captions);
