/** The waveform and its map as a slider for the position: pointer, wheel, keys, and what a screen reader hears. */

import { spokenTime } from "../transcript/timecode.js";

const KEY_STEPS_MS = {
  ArrowLeft: -5_000,
  ArrowRight: 5_000,
  ArrowDown: -5_000,
  ArrowUp: 5_000,
  PageDown: -30_000,
  PageUp: 30_000,
};
/** A screen reader hears each change of the value, so a playing position is told this often only. */
const TELL_EVERY_MS = 10_000;

export class WaveSlider {
  dragging = false;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(wave, scope) {
    this.wave = wave;
    this.player = wave.player;
    this.slider = wave.part("slider");
    this.#pointer(scope);
    scope.listen(this.player, "asked", () => this.#tell());
    scope.listen(this.slider, "keydown", (event) => this.#key(event));
    scope.listen(this.slider, "wheel", (event) => this.#wheel(event), { passive: false });
    this.#tell();
  }

  /** The position has moved on by itself. */
  told() {
    if (Math.abs(this.player.ms - this.#toldMs) > TELL_EVERY_MS) this.#tell();
  }

  #tell() {
    const { player, slider, wave } = this;
    this.#toldMs = player.ms;
    slider.setAttribute("aria-valuemax", Math.round(player.durationMs / 1000));
    slider.setAttribute("aria-valuenow", Math.round(player.ms / 1000));
    const total = player.durationMs ? ` of ${spokenTime(player.durationMs)}` : "";
    slider.setAttribute("aria-valuetext", `${spokenTime(player.ms)}${total}`);
    if (wave.window.keepInView(player.ms)) wave.show();
    else wave.placeHead();
  }

  #pointer(scope) {
    const { wave, slider } = this;
    const map = wave.part("map");
    for (const [area, momentAt] of [
      [slider, (fraction) => wave.window.momentAt(fraction)],
      [map, (fraction) => fraction * wave.window.durationMs],
    ]) {
      const seek = (event) => this.player.seek(momentAt(fractionIn(area, event)));
      scope.listen(area, "pointerdown", (event) => this.#grab(area, event, seek));
      scope.listen(area, "pointermove", (event) => this.#drag(area, event, seek));
      for (const type of ["pointerup", "pointercancel"]) scope.listen(area, type, () => this.#drop());
    }
    scope.listen(slider, "pointermove", (event) => this.#hover(event));
    scope.listen(slider, "pointerleave", () => wave.edges?.dragging || wave.showLabel(null));
  }

  #grab(area, event, seek) {
    if (event.button !== 0 || (area === this.slider && this.wave.edges?.grab(event))) return;
    area.setPointerCapture(event.pointerId);
    this.dragging = true;
    seek(event);
  }

  #drag(area, event, seek) {
    if (this.dragging && area.hasPointerCapture(event.pointerId)) seek(event);
  }

  #drop() {
    if (!this.dragging) return;
    this.dragging = false;
    this.#tell();
  }

  #hover(event) {
    if (this.wave.edges?.dragging) return;
    const isTouch = event.pointerType === "touch";
    this.wave.showLabel(isTouch ? null : this.wave.window.momentAt(fractionIn(this.slider, event)));
  }

  #key(event) {
    const step = KEY_STEPS_MS[event.key];
    const edge = { Home: 0, End: this.player.durationMs }[event.key];
    const zoom = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (step === undefined && edge === undefined && zoom === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (zoom) this.wave.zoom(zoom);
    else this.player.seek(edge ?? this.player.ms + step);
  }

  /** Ctrl and pinch zoom where the pointer is; a sideways wheel moves along. */
  #wheel(event) {
    const { wave, slider } = this;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !sideways) return;
    event.preventDefault();
    if (event.ctrlKey) {
      wave.window.zoom(2 ** (event.deltaY / 100), wave.window.momentAt(fractionIn(slider, event)));
    } else {
      wave.window.pan((event.deltaX / slider.clientWidth) * wave.window.spanMs);
    }
    wave.show();
  }
}

/** Where on an area an event is, 0 to 1. */
export function fractionIn(area, event) {
  const box = area.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}
