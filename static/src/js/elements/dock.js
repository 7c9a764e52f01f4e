import { Player } from "../audio/player.js";
import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";
import { nextSpeed } from "../transcript/speed.js";
import { clock, lengthClock } from "../transcript/timecode.js";

const SPEED_KEY = "voxweb:speed";

/** <vox-dock>: the buttons of the player. `open(media)` makes the player once the page knows its element. */
class Dock extends ServerElement {
  player = null;

  get playable() {
    return "playable" in this.dataset;
  }

  open(media, scope) {
    this.player = new Player(media, Number(this.dataset.durationMs), scope);
    this.#showState(scope);
    this.#takeClicks(scope);
    this.#keepSpeed(scope);
    return this.player;
  }

  run(command) {
    this.commands[command]?.();
  }

  commands = {
    toggle: () => this.player.toggle(),
    back5: () => this.player.step(-5_000),
    forward5: () => this.player.step(5_000),
    back10: () => this.player.step(-10_000),
    forward10: () => this.player.step(10_000),
    slower: () => this.#setSpeed(nextSpeed(this.player.speed, -1)),
    faster: () => this.#setSpeed(nextSpeed(this.player.speed, 1)),
  };

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
      const button = event.target.closest("[data-command], [data-zoom]");
      if (button?.dataset.command) this.run(button.dataset.command);
      if (button?.dataset.zoom) this.querySelector("vox-wave").zoom(button.dataset.zoom === "in" ? 1 : -1);
    });
  }

  #keepSpeed(scope) {
    const select = this.part("speed");
    scope.listen(select, "change", () => this.#setSpeed(Number(select.value)));
    scope.listen(this.player, "speed", () => {
      select.value = String(this.player.speed);
    });
    const kept = Number(remembered(SPEED_KEY));
    if (kept) this.player.speed = kept;
  }

  #setSpeed(speed) {
    this.player.speed = speed;
    remember(SPEED_KEY, speed);
  }
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

define("vox-dock", Dock);
