import { choosePlayback, playbackChoices } from "../audio/playback_choices.js";
import { Player } from "../audio/player.js";
import { TypingPace } from "../audio/typing_pace.js";
import { SegmentLoop } from "../editor/segment_loop.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";
import { nextSpeed } from "../transcript/speed.js";
import { clock, lengthClock } from "../transcript/timecode.js";

const SPEED_KEY = "voxweb:speed";
/** Keys that change the text and are no input event where ProseMirror takes them itself. */
const TYPING_KEYS = new Set(["Backspace", "Delete", "Enter"]);

/**
 * <vox-dock>: the player at the foot of the page. `open(media)` makes the player once the page knows its element;
 * where an editor is on the page it repeats passages and slows down while somebody types.
 */
class Dock extends ServerElement {
  player = null;
  loop = null;
  #playerScope = null;
  #normalSpeed = 1;
  #cameFromText = false;

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    scope.listen(this.page, "editor-ready", () => this.#join());
    scope.listen(this, "playback-chosen", ({ detail }) => this.#use(detail));
    scope.listen(this, "focusin", ({ relatedTarget }) => this.#entered(relatedTarget));
    // A click on a button leaves the caret in the text, so that typing goes on.
    scope.listen(this, "mousedown", (event) => event.target.closest("button") && event.preventDefault());
  }

  get playable() {
    return "playable" in this.dataset;
  }

  /** Whether somebody who was writing has gone to the player for a moment. */
  get isAskedFromText() {
    return this.#cameFromText && this.contains(document.activeElement);
  }

  #entered(from) {
    if (!this.contains(from)) this.#cameFromText = Boolean(from?.closest("vox-editor"));
  }

  get wave() {
    return this.querySelector("vox-wave");
  }

  open(media, scope) {
    this.player = new Player(media, Number(this.dataset.durationMs), scope);
    this.#playerScope = scope;
    this.pace = new TypingPace(this.player, scope);
    this.#use(playbackChoices());
    this.#showState(scope);
    this.#takeClicks(scope);
    this.#keepSpeed(scope);
    // The page joins the waveform to the player before the text may use both.
    queueMicrotask(() => scope.closed || this.#join());
    return this.player;
  }

  /** Returns whether the command is known here. */
  run(command) {
    if (!this.player || !this.commands[command]) return false;
    this.commands[command]();
    return true;
  }

  commands = {
    toggle: () => this.player.toggle(),
    back3: () => this.player.step(-3_000),
    forward3: () => this.player.step(3_000),
    back5: () => this.player.step(-5_000),
    forward5: () => this.player.step(5_000),
    back10: () => this.player.step(-10_000),
    forward10: () => this.player.step(10_000),
    backHalf: () => this.player.step(-500),
    forwardHalf: () => this.player.step(500),
    toStart: () => this.player.seek(0),
    slower: () => this.#setSpeed(nextSpeed(this.player.speed, -1)),
    faster: () => this.#setSpeed(nextSpeed(this.player.speed, 1)),
    otherSpeed: () => this.#otherSpeed(),
    loop: () => this.loop?.toggle(),
    slowForTyping: () => this.#slowForTyping(),
    playback: () => this.querySelector("vox-playback").toggle(),
    screen: () => this.page.querySelector("vox-screen").toggle(),
    zoomIn: () => this.wave.zoom(1),
    zoomOut: () => this.wave.zoom(-1),
  };

  // -- with a text -------------------------------------------------------------------------------

  /** Player and editor come in any order, and the player may be exchanged. */
  #join() {
    const editor = this.page.querySelector("vox-editor");
    const scope = this.#playerScope;
    if (!editor?.view || !this.player || this.loop) return;
    this.loop = new SegmentLoop(this.player, editor);
    this.part("loop").hidden = false;
    scope.listen(document, "selectionchange", () => this.loop.follow());
    scope.listen(this.page, "editor-changed", () => this.loop.follow());
    scope.listen(editor, "beforeinput", () => this.pace.typed());
    scope.listen(editor, "keydown", ({ key }) => TYPING_KEYS.has(key) && this.pace.typed());
    this.wave.edit(editor, scope);
    this.querySelector("vox-playback").edit(editor, scope);
  }

  #slowForTyping() {
    const choices = choosePlayback({ slowsForTyping: !this.pace.enabled });
    this.#use(choices);
    this.querySelector("vox-playback").show(choices);
    announce(choices.slowsForTyping ? "Slows down while you type" : "Keeps its speed while you type", {
      visible: true,
    });
  }

  #use({ stepBackMs, slowSpeed, slowsForTyping }) {
    if (!this.player) return;
    this.player.stepBackMs = stepBackMs;
    this.slowSpeed = slowSpeed;
    this.pace.enabled = slowsForTyping;
  }

  // -- what it shows -----------------------------------------------------------------------------

  #showState(scope) {
    const play = this.part("play");
    const showPlaying = () => {
      play.setAttribute("aria-label", this.player.playing ? "Pause" : "Play");
      this.toggleAttribute("data-playing", this.player.playing);
    };
    scope.listen(this.player, "play", showPlaying);
    scope.listen(this.player, "pause", showPlaying);
    scope.listen(this.player, "time", () => this.#showTime());
    scope.listen(this.player, "problem", () => this.#showProblem());
    scope.listen(this.player, "loop", () =>
      this.part("loop").setAttribute("aria-pressed", String(this.player.looped !== null)),
    );
    this.#showTime();
  }

  #showTime() {
    if ("failed" in this.dataset) return;
    const now = clock(this.player.ms);
    const total = this.player.durationMs ? lengthClock(this.player.durationMs) : "";
    setText(this.part("clock"), now);
    setText(this.part("total"), total);
  }

  #showProblem() {
    this.dataset.failed = "";
    this.part("clock").setAttribute("role", "alert");
    this.part("clock").textContent = "Cannot be played here";
    this.part("total").textContent = "the original can be downloaded";
  }

  #takeClicks(scope) {
    scope.listen(this, "click", (event) => {
      const button = event.target.closest("[data-command]");
      if (button) this.run(button.dataset.command);
    });
  }

  // -- speed -------------------------------------------------------------------------------------

  #keepSpeed(scope) {
    const select = this.part("speed");
    scope.listen(select, "change", () => this.#setSpeed(Number(select.value)));
    scope.listen(this.player, "speed", () => {
      select.value = String(this.player.speed);
      this.toggleAttribute("data-eased", this.player.isEased);
    });
    const kept = Number(remembered(SPEED_KEY));
    if (kept) this.player.speed = kept;
  }

  #setSpeed(speed) {
    this.player.speed = speed;
    remember(SPEED_KEY, speed);
  }

  #otherSpeed() {
    const { speed } = this.player;
    if (speed === this.slowSpeed) return this.#setSpeed(this.#normalSpeed);
    this.#normalSpeed = speed;
    return this.#setSpeed(this.slowSpeed);
  }
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

define("vox-dock", Dock);
