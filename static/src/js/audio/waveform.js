/** Draws a waveform and the bands of the speakers onto a canvas, sharp on every screen. */

const BAND_ALPHA = 0.14;
const CURRENT_BAND_ALPHA = 0.32;
const MAP_BAND_ALPHA = 0.55;
const BAND_GAP = 1;
const HEADROOM = 0.94;
/** 0 is nobody in particular, 1 to 8 are the speakers. */
const HUES = 9;

/** Fit the canvas to its box in device pixels. Returns `{context, width, height, ratio}` in CSS pixels. */
export function fit(canvas) {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, ratio };
}

/**
 * `span` is `{fromMs, toMs}`, `bands` are `{key, startMs, endMs, hue}`, `colours` maps hue to a CSS colour; the band
 * with the key `current` stands out.
 */
export function drawBands(surface, span, bands, colours, current = null) {
  const { context, width, height } = surface;
  const scale = width / (span.toMs - span.fromMs);
  for (const { key, startMs, endMs, hue } of bands) {
    context.globalAlpha = current !== null && key === current ? CURRENT_BAND_ALPHA : BAND_ALPHA;
    const left = Math.max(0, (startMs - span.fromMs) * scale);
    const right = Math.min(width, (endMs - span.fromMs) * scale);
    context.fillStyle = colours.hues[hue];
    context.fillRect(left, 0, Math.max(0.5, right - left - BAND_GAP), height);
  }
  context.globalAlpha = 1;
}

/** One column per device pixel; `peaks` null draws the flat line of a recording without a picture yet. */
export function drawWave(surface, span, peaks, colours, gain = 1) {
  const { context, width, height, ratio } = surface;
  const columns = Math.max(1, Math.round(width * ratio));
  const middle = height / 2;
  const reach = middle * HEADROOM * gain;
  const values = peaks?.columns(span.fromMs, span.toMs, columns, new Float32Array(2 * columns));
  context.fillStyle = colours.wave;
  for (let column = 0; column < columns; column += 1) {
    const high = Math.min(middle, (values?.[2 * column + 1] ?? 0) * reach);
    const low = Math.max(-middle, (values?.[2 * column] ?? 0) * reach);
    context.fillRect(column / ratio, middle - high, 1 / ratio, Math.max(1, high - low));
  }
}

/** The slim map of the whole recording: each column in the colour of whoever speaks most in it. */
export function drawMap(surface, durationMs, bands, colours) {
  const { context, width, height } = surface;
  const columns = Math.max(1, Math.floor(width));
  context.globalAlpha = MAP_BAND_ALPHA;
  loudestHues(bands, durationMs, columns).forEach((hue, column) => {
    if (hue === null) return;
    context.fillStyle = colours.hues[hue];
    context.fillRect((column * width) / columns, 0, width / columns, height);
  });
  context.globalAlpha = 1;
}

/** For equal slices of the recording, the hue that fills most of each, or null where nobody speaks. */
export function loudestHues(bands, durationMs, columns) {
  const sliceMs = durationMs / columns;
  const spokenMs = new Float64Array(columns * HUES);
  for (const { startMs, endMs, hue } of bands) {
    const last = Math.min(columns - 1, Math.floor(endMs / sliceMs));
    for (let column = Math.max(0, Math.floor(startMs / sliceMs)); column <= last; column += 1) {
      const shared = Math.min(endMs, (column + 1) * sliceMs) - Math.max(startMs, column * sliceMs);
      spokenMs[column * HUES + hue] += shared;
    }
  }
  return Array.from({ length: columns }, (_, column) => loudest(spokenMs, column * HUES));
}

function loudest(spokenMs, from) {
  let best = null;
  for (let hue = 0; hue < HUES; hue += 1) {
    if (spokenMs[from + hue] > (best === null ? 0 : spokenMs[from + best])) best = hue;
  }
  return best;
}

/** How much to enlarge a quiet recording so that it can be seen; noise alone stays small. */
export function gainFor(peaks) {
  const column = peaks.columns(0, (peaks.count / peaks.pixelsPerSecond) * 1000, 1, new Float32Array(2));
  const loudest = Math.max(-column[0], column[1]);
  return loudest > 0.02 ? Math.min(6, 1 / loudest) : 1;
}
