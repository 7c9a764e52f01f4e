/** The part of the recording that a waveform shows, and how places on it map to moments. */

const NARROWEST_MS = 2_000;
/** A recording longer than this opens zoomed in: an hour in 900 pixels says nothing. */
const WHOLE_UP_TO_MS = 180_000;
const FIRST_SPAN_MS = 60_000;
/** Where the playhead comes to stand when the window turns the page. */
const PAGE_REST = 0.08;
const PAGE_EDGE = 0.99;

export class ZoomWindow {
  constructor(durationMs) {
    this.durationMs = Math.max(1, durationMs);
    this.spanMs = this.durationMs > WHOLE_UP_TO_MS ? FIRST_SPAN_MS : this.durationMs;
    this.fromMs = 0;
  }

  get toMs() {
    return this.fromMs + this.spanMs;
  }

  get isWhole() {
    return this.spanMs >= this.durationMs;
  }

  /** The moment at a fraction 0..1 of the width, and the other way round. */
  momentAt(fraction) {
    return Math.min(this.durationMs, Math.max(0, this.fromMs + fraction * this.spanMs));
  }

  fractionOf(ms) {
    return (ms - this.fromMs) / this.spanMs;
  }

  /** Show `factor` times as much, keeping the moment `anchorMs` where it stands. */
  zoom(factor, anchorMs) {
    const narrowest = Math.min(NARROWEST_MS, this.durationMs);
    const span = Math.min(this.durationMs, Math.max(narrowest, this.spanMs * factor));
    const held = Math.min(1, Math.max(0, this.fractionOf(anchorMs)));
    this.spanMs = span;
    this.pan(anchorMs - held * span - this.fromMs);
  }

  showWhole() {
    this.spanMs = this.durationMs;
    this.fromMs = 0;
  }

  /** Show exactly a span, as far as the recording and the closest zoom allow. */
  show(fromMs, toMs) {
    this.spanMs = Math.min(this.durationMs, Math.max(NARROWEST_MS, toMs - fromMs));
    this.fromMs = 0;
    this.pan((fromMs + toMs - this.spanMs) / 2);
  }

  pan(byMs) {
    this.fromMs = Math.min(this.durationMs - this.spanMs, Math.max(0, this.fromMs + byMs));
  }

  /** Turn the page when the moment has left it. Returns whether the window moved. */
  keepInView(ms) {
    const fraction = this.fractionOf(ms);
    const before = this.fromMs;
    if (fraction < 0 || fraction > PAGE_EDGE) this.pan(ms - PAGE_REST * this.spanMs - this.fromMs);
    return this.fromMs !== before;
  }
}
