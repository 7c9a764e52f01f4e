/** Which edge of which segment lies under the pointer, on a waveform. */

/** Edges of narrower segments would lie in the way of seeking; the one worked on has handles. */
const NARROWEST_PX = 120;
const BESIDE_PX = 0.5;

/**
 * `{key, edge, ms}` or null. `bands` are `{key, startMs, endMs}`, `zoom` a ZoomWindow, `width` and `x` are CSS
 * pixels. Where two segments share an edge, the side of it on which the pointer is decides.
 */
export function edgeNear(bands, zoom, width, x, reachPx) {
  let best = null;
  let bestDistance = reachPx;
  for (const band of bands) {
    for (const { ms, edge, distance } of edgesOf(band, zoom, width, x)) {
      if (distance <= bestDistance) [best, bestDistance] = [{ key: band.key, edge, ms }, distance];
    }
  }
  return best;
}

/** From inside the segment an edge is a little nearer than from beside it. */
function edgesOf({ startMs, endMs }, zoom, width, x) {
  const left = zoom.fractionOf(startMs) * width;
  const right = zoom.fractionOf(endMs) * width;
  if (right - left < NARROWEST_PX) return [];
  return [
    { edge: "start", ms: startMs, distance: Math.abs(x - left) + (x < left ? BESIDE_PX : 0) },
    { edge: "end", ms: endMs, distance: Math.abs(x - right) + (x > right ? BESIDE_PX : 0) },
  ];
}
