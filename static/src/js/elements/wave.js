import { PeaksSource } from "../audio/peaks_source.js";
import { readColours } from "../audio/wave_colours.js";
import { drawBands, drawMap, drawWave, fit, gainFor } from "../audio/waveform.js";
import { ZoomWindow } from "../audio/zoom_window.js";
import { define, ServerElement } from "../lib/element.js";
import { request } from "../lib/http.js";
import { setHidden } from "../lib/only_changes.js";
import { clock } from "../transcript/timecode.js";
import { WaveEdges } from "./wave_edges.js";
import { WaveSlider } from "./wave_slider.js";

const ZOOM_STEP = 2;
const FINE_DELAY_MS = 150;
/** The map of a long recording takes longer to draw than a key may last; nobody misses it for this long. */
const MAP_DELAY_MS = 400;
/** What is left free on both sides of a passage that is shown as a whole. */
const BESIDE = 0.25;
/** Typing touches a passage or two. */
const FEW = 4;

/**
 * <vox-wave>: the waveform as a slider, with the passages of the text on it. Needs `connect({player, bands})` from the
 * page; where an editor is on the page, edges of passages can be moved.
 */
class Wave extends ServerElement {
  edges = null;
  #frame = 0;
  #isStale = false;
  #drawn = [];
  #drawnOnMap = [];
  #preview = new Map();
  /** Times and speakers of passages that were changed, as they are drawn: most changes are of their text only. */
  #known = new Map();

  upgrade(scope) {
    this.window = new ZoomWindow(Number(this.dataset.durationMs));
    this.bands = () => [];
    this.source = new PeaksSource(this.dataset.peaks, "fine" in this.dataset, (url, options) =>
      request(url, { ...options, signal: this.scope?.signal }),
    );
    scope.observe(new ResizeObserver(() => this.redraw())).observe(this);
    scope.listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#recolour());
    scope.add(() => cancelAnimationFrame(this.#frame));
    if (this.dataset.peaks) this.#loadPeaks();
  }

  /** `bands(fromMs, toMs)` gives the lines of the text that touch a span, with their hue. */
  connect({ player, bands }, scope) {
    this.player = player;
    this.bands = bands;
    this.window = new ZoomWindow(player.durationMs || this.window.durationMs);
    this.slider = new WaveSlider(this, scope);
    scope.listen(player, "time", () => this.#moved());
    this.redraw();
  }

  /** The text can be changed here: passages get edges. */
  edit(editor, scope) {
    this.edges = new WaveEdges(this, editor, scope);
    const page = this.closest("vox-transcript");
    scope.listen(page, "editor-changed", ({ detail }) => this.#isOfText(detail, editor) || this.redrawSoon());
    this.redraw();
  }

  /** Whether a change left all times and speakers alone; asked at every key, so nothing long is read for it. */
  #isOfText({ ids, before }, editor) {
    if (!before || ids.size === 0 || ids.size > FEW) return false;
    let isSameAsKnown = true;
    for (const id of ids) {
      const attrs = editor.segmentViews.get(id)?.node.attrs;
      const now = attrs ? `${attrs.start_ms} ${attrs.end_ms} ${attrs.speaker}` : "";
      if (this.#known.get(id) !== now) isSameAsKnown = false;
      this.#known.set(id, now);
    }
    return isSameAsKnown;
  }

  /** Show flags at these moments (milliseconds). */
  showMarks(moments) {
    const flags = moments.map((ms) =>
      Object.assign(document.createElement("i"), { ms, className: "wave-flag" }),
    );
    for (const old of this.querySelectorAll(".wave-flag")) old.remove();
    this.part("slider").append(...flags);
    this.#placeMarks();
  }

  zoom(direction) {
    const anchor = this.window.fractionOf(this.player.ms);
    const anchorMs = anchor >= 0 && anchor <= 1 ? this.player.ms : this.window.momentAt(0.5);
    this.window.zoom(direction > 0 ? 1 / ZOOM_STEP : ZOOM_STEP, anchorMs);
    this.show();
  }

  /** Show a span with what is beside it. */
  showSpan(fromMs, toMs) {
    this.window.show(fromMs - BESIDE * (toMs - fromMs), toMs + BESIDE * (toMs - fromMs));
    this.show();
  }

  /** Other times for some lines while an edge is on its way: a Map of key to `{startMs, endMs}`. */
  preview(times) {
    this.#preview = times;
    this.redrawSoon();
  }

  /** The lines that touch a span, as they are shown. */
  bandsIn(fromMs, toMs) {
    const bands = this.bands(fromMs, toMs);
    if (!this.#preview.size) return bands;
    return bands.map(({ key, startMs, endMs, hue }) => ({
      key,
      startMs,
      endMs,
      hue,
      ...this.#preview.get(key),
    }));
  }

  /** Everything, the map included, once before the next paint. */
  redraw() {
    this.#isStale = true;
    this.redrawSoon();
  }

  /** The part in the window. */
  show() {
    const { fromMs, toMs } = this.window;
    this.colours ??= readColours(this);
    const surface = fit(this.part("canvas"));
    const bands = this.bandsIn(fromMs, toMs);
    drawBands(surface, this.window, bands, this.colours, this.edges?.key ?? null);
    drawWave(surface, this.window, this.source.best(fromMs, toMs), this.colours, this.gain);
    this.#drawn = bands.map(copyOf);
    this.#placeFrame();
    this.#placeMarks();
    this.placeHead();
    this.edges?.place();
    this.#wantFine(surface.width);
  }

  /** Once before the next paint, however often it is asked for, and only where another picture would come of it. */
  redrawSoon() {
    if (this.#frame || !this.scope) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    const isStale = this.#isStale;
    this.#isStale = false;
    const { fromMs, toMs } = this.window;
    if (isStale || !isSame(this.#drawn, this.bandsIn(fromMs, toMs))) this.show();
    if (isStale) this.#drawMap();
    else if (!this.window.isWhole) this.#drawMapSoon();
  }

  placeHead() {
    const fraction = this.player ? this.window.fractionOf(this.player.ms) : 0;
    const head = this.part("playhead");
    setHidden(head, fraction < 0 || fraction > 1);
    head.style.setProperty("inset-inline-start", `${100 * fraction}%`);
  }

  /** A small sign above the waveform; null takes it away. */
  showLabel(ms, text = clock(ms)) {
    const label = this.part("hover");
    label.hidden = ms === null;
    if (ms === null) return;
    label.textContent = text;
    label.style.setProperty("inset-inline-start", `${100 * this.window.fractionOf(ms)}%`);
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

  #recolour() {
    this.colours = null;
    this.redraw();
  }

  #wantFine(width) {
    this.cancelFine?.();
    const { fromMs, toMs } = this.window;
    if (!this.scope || !this.source.needsFine(fromMs, toMs, width)) return;
    this.cancelFine = this.scope.after(FINE_DELAY_MS, async () => {
      const came = await this.source.loadFine(fromMs, toMs).catch(() => false);
      if (came && this.scope) this.show();
    });
  }

  #drawMapSoon() {
    clearTimeout(this.mapTimer);
    this.mapTimer = setTimeout(() => {
      const isNew = this.scope && !isSame(this.#drawnOnMap, this.bands(0, this.window.durationMs));
      if (isNew) this.#drawMap();
    }, MAP_DELAY_MS);
  }

  #drawMap() {
    if (this.window.isWhole) return;
    const { durationMs } = this.window;
    const bands = this.bands(0, durationMs);
    drawMap(fit(this.part("map-canvas")), durationMs, bands, this.colours);
    this.#drawnOnMap = bands.map(copyOf);
  }

  #placeFrame() {
    const map = this.part("map");
    const wasHidden = map.hidden;
    setHidden(map, this.window.isWhole);
    this.toggleAttribute("data-zoomed", !map.hidden);
    if (map.hidden) return;
    if (wasHidden) this.#drawMap();
    const { durationMs, fromMs, spanMs } = this.window;
    const frame = this.part("frame").style;
    frame.setProperty("inset-inline-start", `${(100 * fromMs) / durationMs}%`);
    frame.setProperty("inline-size", `${(100 * spanMs) / durationMs}%`);
  }

  #placeMarks() {
    for (const flag of this.querySelectorAll(".wave-flag")) {
      const at = this.window.fractionOf(flag.ms);
      setHidden(flag, at < 0 || at > 1);
      flag.style.setProperty("inset-inline-start", `${100 * at}%`);
    }
  }

  #moved() {
    const turns = this.player.playing && !this.slider.dragging && !this.edges?.dragging;
    if (turns && this.window.keepInView(this.player.ms)) this.show();
    else this.placeHead();
    this.slider.told();
  }
}

const copyOf = ({ key, startMs, endMs, hue }) => ({ key, startMs, endMs, hue });

function isSame(drawn, bands) {
  if (drawn.length !== bands.length) return false;
  return drawn.every((old, index) => {
    const { key, startMs, endMs, hue } = bands[index];
    return old.key === key && old.startMs === startMs && old.endMs === endMs && old.hue === hue;
  });
}

define("vox-wave", Wave);
