import { keepAwake } from "../audio/wake_lock.js";
import { define, ServerElement } from "../lib/element.js";
import { commandFinder } from "../lib/key_commands.js";
import { remember, remembered } from "../lib/remember.js";
import { CaptionLines } from "../live/caption_lines.js";
import { ProgressWatch } from "../transcript/progress_watch.js";
import { readChoices, stepped, writeChoices } from "../watch/caption_choices.js";
import { CaptionFlow } from "../watch/caption_flow.js";
import { CaptionParagraphs } from "../watch/caption_paragraphs.js";
import { CaptionState } from "../watch/caption_state.js";
import { PageSocket, socketUrl } from "../watch/page_socket.js";
import { finalOf, finalsOf } from "../watch/said_lines.js";
import { fetchTail } from "../watch/tail.js";

const CHOICES_KEY = "voxweb:captions";
const SHOWN_PARAGRAPHS = 10;
const SPOKEN_FOR_MS = 12_000;
const QUIET_AFTER_MS = 3_000;
const commandOf = commandFinder([
  { keys: ["+", "="], command: "larger" },
  { keys: ["-"], command: "smaller" },
  { keys: ["c"], command: "colours" },
  { keys: ["f"], command: "fullscreen" },
]);

/** <vox-caption-view>: the last words in large type, for an audience. */
class CaptionView extends ServerElement {
  #frame = 0;
  #lastKey = "";
  #lastSpeaker = "";
  #known = new Set();
  #failed = false;

  upgrade(scope) {
    const { stage } = this.dataset;
    const without = "withoutCaptions" in this.dataset;
    this.state = new CaptionState({ live: stage === "live", paused: "paused" in this.dataset, without });
    this.lines = new CaptionLines();
    this.#takeText();
    this.paragraphs = new CaptionParagraphs(this.part("lines"));
    this.flow = new CaptionFlow(this.part("window"), this.part("flow"), this.part("lines"));
    this.part("tools").hidden = false;
    this.#look(scope);
    this.#fullscreen(scope);
    if (this.state.live) this.#listen(scope);
    keepAwake(scope);
    scope.add(() => cancelAnimationFrame(this.#frame));
    this.#paint();
  }

  // -- what is said ------------------------------------------------------------------------------

  /** What the server sent along was said before: it is shown and not spoken. */
  #takeText() {
    const said = [...this.querySelectorAll(".caption-line")].map(finalOf);
    for (const final of said) this.#add(final, { silent: true });
    this.#lastKey = said.at(-1)?.key ?? "";
    this.#lastSpeaker = said.at(-1)?.speaker ?? "";
  }

  #listen(scope) {
    this.socket = new PageSocket({ url: socketUrl(this.dataset.socket) });
    const hear = (message) => this.#hear(message);
    this.socket.listen({ hear, change: (connected) => this.#changed(connected) });
    this.watch = new ProgressWatch({
      ask: () => this.#ask(scope.signal),
      after: (ms, work) => scope.after(ms, work),
      show: (tail) => this.#catchUp(tail),
      lost: (error) => this.#refused(error),
      isBusy: (tail) => tail.live && !this.socket.connected,
    });
    scope.listen(window, "online", () => this.socket.renew());
    scope.listen(window, "offline", () => this.#weigh());
    scope.add(() => this.socket.close());
    this.socket.start();
    this.watch.start(true);
  }

  #hear(message) {
    this.state.take(message);
    if (message.type === "final") this.#add(message);
    if (message.type === "caption") this.lines.caption(message);
    if (message.type === "hello" && message.caption) this.lines.caption(message.caption);
    if (message.type === "changed") this.watch.now();
    this.#draw();
  }

  #changed(connected) {
    if (!connected) this.lines.caption({ start_ms: 0, text: "" });
    this.#weigh();
    this.watch.now();
  }

  async #ask(signal) {
    let failed = true;
    try {
      const tail = await fetchTail(this.dataset.tailUrl, this.#lastKey, { signal });
      failed = false;
      return tail;
    } finally {
      this.#failed = failed;
      this.#weigh();
    }
  }

  /** One way to the server is enough: hints over the socket, or answers to questions. */
  #weigh() {
    this.state.away = navigator.onLine === false || (this.#failed && !this.socket.connected);
    this.#draw();
  }

  #catchUp(tail) {
    const said = finalsOf(tail.lines, this.#lastSpeaker);
    for (const final of said) this.#add(final);
    this.#lastKey = said.at(-1)?.key ?? this.#lastKey;
    this.#lastSpeaker = said.at(-1)?.speaker ?? this.#lastSpeaker;
    Object.assign(this.state, { live: tail.live, paused: tail.paused });
    if (!tail.live) this.#end();
    this.#draw();
  }

  #refused({ status, message }) {
    this.state.refused = status === 401 ? message : "These captions are not shared with you any more.";
    this.#end();
  }

  #end() {
    this.state.live = false;
    this.lines.caption({ start_ms: 0, text: "" });
    this.socket.close();
    this.part("open").hidden = false;
    this.#draw();
  }

  #add(final, { silent = false } = {}) {
    const isNew = !this.#known.has(final.key);
    this.#known.add(final.key);
    this.lines.final(final);
    this.state.hasText = true;
    if (isNew && !silent) this.#say(final);
  }

  /** Screen readers hear whole phrases, once. */
  #say({ speaker, text }) {
    const spoken = speaker && speaker !== this.spokenFor ? `${speaker}: ${text}` : text;
    this.spokenFor = speaker;
    const phrase = Object.assign(document.createElement("p"), { textContent: spoken });
    this.part("log").append(phrase);
    this.scope.after(SPOKEN_FOR_MS, () => phrase.remove());
  }

  // -- what is seen ------------------------------------------------------------------------------

  #draw() {
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#frame = 0;
    this.lines.trim();
    this.flow.change(() => this.paragraphs.show(this.lines.paragraphs().slice(-SHOWN_PARAGRAPHS)));
    const { badge, isOnAir, sentence } = this.state;
    setText(this.part("badge"), badge);
    this.part("badge").classList.toggle("live", isOnAir);
    setText(this.part("word"), sentence);
  }

  #look(scope) {
    this.choices = readChoices(remembered(CHOICES_KEY));
    const form = this.part("choices");
    scope.listen(form, "change", () =>
      this.#choose({ ...this.choices, ...Object.fromEntries(new FormData(form)) }),
    );
    scope.listen(form, "submit", (event) => event.preventDefault());
    scope.listen(this, "click", (event) =>
      this.#run(event.target.closest("[data-command]")?.dataset.command),
    );
    scope.listen(document, "keydown", (event) => this.#run(commandOf(event), event));
    scope.observe(new ResizeObserver(() => this.flow.reset())).observe(this.part("window"));
    document.fonts?.ready.then(() => this.flow.reset());
    this.#choose(this.choices);
  }

  #choose(choices) {
    this.choices = choices;
    remember(CHOICES_KEY, writeChoices(choices));
    for (const [name, value] of Object.entries(choices)) {
      this.dataset[name] = value;
      const field = this.part("choices").elements[name];
      if (field) field.value = value;
    }
    this.flow.reset();
  }

  #run(command, event) {
    const commands = {
      larger: () => this.#choose(stepped(this.choices, "size", 1)),
      smaller: () => this.#choose(stepped(this.choices, "size", -1)),
      colours: () => this.#choose(stepped(this.choices, "look", 1)),
      fullscreen: () => this.#toggleFullscreen(),
    };
    if (!command) return;
    event?.preventDefault();
    commands[command]();
  }

  #fullscreen(scope) {
    const button = this.part("fullscreen");
    button.hidden = !document.fullscreenEnabled;
    scope.listen(document, "fullscreenchange", () => {
      button.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
      this.#stir();
    });
    for (const type of ["pointermove", "pointerdown", "keydown"]) {
      scope.listen(document, type, () => this.#stir(), { passive: true });
    }
  }

  #toggleFullscreen() {
    if (!document.fullscreenEnabled) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  /** On a projector the buttons go away while nobody uses them. */
  #stir() {
    this.cancelQuiet?.();
    this.removeAttribute("data-quiet");
    if (!document.fullscreenElement) return;
    this.cancelQuiet = this.scope.after(QUIET_AFTER_MS, () => this.setAttribute("data-quiet", ""));
  }
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

define("vox-caption-view", CaptionView);
