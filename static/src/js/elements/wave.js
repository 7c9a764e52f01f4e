import { PeaksSource } from "../audio/peaks_source.js";
import { drawBands, drawMap, drawWave, fit, gainFor } from "../audio/waveform.js";
import { ZoomWindow } from "../audio/zoom_window.js";
import { define, ServerElement } from "../lib/element.js";
import { request } from "../lib/http.js";
import { clock, spokenTime } from "../transcript/timecode.js";

const HUES = [1, 2, 3, 4, 5, 6, 7, 8];
const ZOOM_STEP = 2;
const FINE_DELAY_MS = 150;
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

/** <vox-wave>: the waveform as a slider. Needs `connect({player, bands})` from the page. */
class Wave extends ServerElement {
  upgrade(scope) {
    this.window = new ZoomWindow(Number(this.dataset.durationMs));
    this.bands = () => [];
    this.dragging = false;
    this.toldMs = Number.NEGATIVE_INFINITY;
    this.source = new PeaksSource(this.dataset.peaks, "fine" in this.dataset, (url, options) =>
      request(url, { ...options, signal: this.scope?.signal }),
    );
    scope.observe(new ResizeObserver(() => this.redraw())).observe(this);
    scope.listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.redraw());
    if (this.dataset.peaks) this.#loadPeaks();
  }

  /** `bands(fromMs, toMs)` gives the lines of the text that touch a span, with their hue. */
  connect({ player, bands }, scope) {
    this.player = player;
    this.bands = bands;
    this.window = new ZoomWindow(player.durationMs || this.window.durationMs);
    scope.listen(player, "time", () => this.#moved());
    scope.listen(player, "asked", () => this.#told());
    this.#pointer(scope);
    scope.listen(this.part("slider"), "keydown", (event) => this.#key(event));
    scope.listen(this.part("slider"), "wheel", (event) => this.#wheel(event), { passive: false });
    this.redraw();
    this.#told();
  }

  zoom(direction) {
    const anchor = this.window.fractionOf(this.player.ms);
    const anchorMs = anchor >= 0 && anchor <= 1 ? this.player.ms : this.window.momentAt(0.5);
    this.window.zoom(direction > 0 ? 1 / ZOOM_STEP : ZOOM_STEP, anchorMs);
    this.redraw();
  }

  redraw() {
    const colours = this.#colours();
    const { fromMs, toMs } = this.window;
    const surface = fit(this.part("canvas"));
    drawBands(surface, this.window, this.bands(fromMs, toMs), colours);
    drawWave(surface, this.window, this.source.best(fromMs, toMs), colours, this.gain);
    this.#drawMap(colours);
    this.#placeHead();
    this.#wantFine(surface.width);
  }

  async #loadPeaks() {
    try {
      await this.source.loadOverview();
      this.gain = gainFor(this.source.overview);
      this.redraw();
    } catch {
      this.dataset.failed = "";
    }
  }

  #wantFine(width) {
    this.cancelFine?.();
    const { fromMs, toMs } = this.window;
    if (!this.scope || !this.source.needsFine(fromMs, toMs, width)) return;
    this.cancelFine = this.scope.after(FINE_DELAY_MS, async () => {
      const came = await this.source.loadFine(fromMs, toMs).catch(() => false);
      if (came && this.scope) this.redraw();
    });
  }

  #drawMap(colours) {
    const map = this.part("map");
    map.hidden = this.window.isWhole;
    if (map.hidden) return;
    const { durationMs, fromMs, spanMs } = this.window;
    drawMap(fit(this.part("map-canvas")), durationMs, this.bands(0, durationMs), colours);
    const frame = this.part("frame").style;
    frame.setProperty("inset-inline-start", `${(100 * fromMs) / durationMs}%`);
    frame.setProperty("inline-size", `${(100 * spanMs) / durationMs}%`);
  }

  /** Canvas knows no custom properties: ask the browser what the tokens are in the current scheme. */
  #colours() {
    const probe = document.createElement("i");
    this.append(probe);
    const colourOf = (name) => {
      probe.className = name;
      return getComputedStyle(probe).color;
    };
    const hues = Object.fromEntries([0, ...HUES].map((hue) => [hue, colourOf(`probe hue-${hue}`)]));
    const wave = colourOf("probe ink");
    probe.remove();
    return { hues, wave };
  }

  #moved() {
    if (this.player.playing && !this.dragging && this.window.keepInView(this.player.ms)) this.redraw();
    else this.#placeHead();
    if (Math.abs(this.player.ms - this.toldMs) > TELL_EVERY_MS) this.#told();
  }

  #placeHead() {
    const fraction = this.player ? this.window.fractionOf(this.player.ms) : 0;
    const head = this.part("playhead");
    head.hidden = fraction < 0 || fraction > 1;
    head.style.setProperty("inset-inline-start", `${100 * fraction}%`);
  }

  #told() {
    if (!this.player) return;
    this.toldMs = this.player.ms;
    const slider = this.part("slider");
    slider.setAttribute("aria-valuemax", Math.round(this.player.durationMs / 1000));
    slider.setAttribute("aria-valuenow", Math.round(this.player.ms / 1000));
    const total = this.player.durationMs ? ` of ${spokenTime(this.player.durationMs)}` : "";
    slider.setAttribute("aria-valuetext", `${spokenTime(this.player.ms)}${total}`);
    if (this.window.keepInView(this.player.ms)) this.redraw();
    else this.#placeHead();
  }

  #pointer(scope) {
    for (const [area, momentAt] of [
      [this.part("slider"), (fraction) => this.window.momentAt(fraction)],
      [this.part("map"), (fraction) => fraction * this.window.durationMs],
    ]) {
      const seek = (event) => this.player.seek(momentAt(fractionIn(area, event)));
      scope.listen(area, "pointerdown", (event) => this.#grab(area, event, seek));
      scope.listen(area, "pointermove", (event) => this.#drag(area, event, seek));
      for (const type of ["pointerup", "pointercancel"]) {
        scope.listen(area, type, () => this.#drop());
      }
    }
    scope.listen(this.part("slider"), "pointermove", (event) => this.#hover(event));
    scope.listen(this.part("slider"), "pointerleave", () =>
      this.part("hover").toggleAttribute("hidden", true),
    );
  }

  #grab(area, event, seek) {
    if (event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    this.dragging = true;
    seek(event);
  }

  #drag(area, event, seek) {
    if (this.dragging && area.hasPointerCapture(event.pointerId)) seek(event);
  }

  #drop() {
    this.dragging = false;
    this.#told();
  }

  #hover(event) {
    const label = this.part("hover");
    const fraction = fractionIn(this.part("slider"), event);
    label.hidden = event.pointerType === "touch";
    label.textContent = clock(this.window.momentAt(fraction));
    label.style.setProperty("inset-inline-start", `${100 * fraction}%`);
  }

  #key(event) {
    const step = KEY_STEPS_MS[event.key];
    const edge = { Home: 0, End: this.player.durationMs }[event.key];
    const zoom = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (step === undefined && edge === undefined && zoom === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (zoom) this.zoom(zoom);
    else this.player.seek(edge ?? this.player.ms + step);
  }

  /** Ctrl and pinch zoom where the pointer is; a sideways wheel moves along. */
  #wheel(event) {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !sideways) return;
    event.preventDefault();
    const slider = this.part("slider");
    if (event.ctrlKey) {
      this.window.zoom(2 ** (event.deltaY / 100), this.window.momentAt(fractionIn(slider, event)));
    } else {
      this.window.pan((event.deltaX / slider.clientWidth) * this.window.spanMs);
    }
    this.redraw();
  }
}

function fractionIn(area, event) {
  const box = area.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}

define("vox-wave", Wave);
