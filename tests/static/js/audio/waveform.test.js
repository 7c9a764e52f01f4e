import assert from "node:assert/strict";
import { test } from "node:test";
import { Peaks } from "../../../../static/src/js/audio/peaks.js";
import { drawBands, drawWave, gainFor, loudestHues } from "../../../../static/src/js/audio/waveform.js";

const HEADER = { bits: 8, channels: 1, bytesPerPixel: 2, pixelsPerSecond: 10 };
const COLOURS = { wave: "grey", hues: { 1: "blue", 2: "red" } };

function surface(width, height) {
  const drawn = [];
  const context = {
    fillRect: (...box) => drawn.push({ colour: context.fillStyle, box }),
  };
  return { drawn, context, width, height, ratio: 1 };
}

const peaksOf = (...values) => new Peaks(HEADER, Int8Array.from(values).buffer);

test("it works", () => {
  const page = surface(2, 100);
  drawWave(page, { fromMs: 0, toMs: 200 }, peaksOf(-64, 64, 0, 0), COLOURS);
  const [loud, silent] = page.drawn.map(({ box }) => box[3]);
  assert.ok(Math.abs(loud - 47) < 0.01);
  assert.equal(silent, 1);
});

test("without peaks there is a flat line", () => {
  const page = surface(3, 100);
  drawWave(page, { fromMs: 0, toMs: 300 }, null, COLOURS);
  assert.deepEqual(
    page.drawn.map(({ box }) => box[3]),
    [1, 1, 1],
  );
});

test("bands are cut to the span and coloured by speaker", () => {
  const page = surface(100, 10);
  drawBands(page, { fromMs: 1_000, toMs: 2_000 }, [{ startMs: 500, endMs: 1_500, hue: 2 }], COLOURS);
  assert.deepEqual(page.drawn, [{ colour: "red", box: [0, 0, 49, 10] }]);
});

test("the band that is worked on stands out", () => {
  const page = surface(100, 10);
  const alphas = [];
  page.context.fillRect = () => alphas.push(page.context.globalAlpha);
  const bands = ["s1", "s2"].map((key, at) => ({ key, startMs: at * 500, endMs: at * 500 + 500, hue: 1 }));
  drawBands(page, { fromMs: 0, toMs: 1_000 }, bands, COLOURS, "s2");
  assert.ok(alphas[1] > alphas[0]);
});

test("the map shows who speaks most", () => {
  const bands = [
    { startMs: 0, endMs: 900, hue: 1 },
    { startMs: 900, endMs: 1_700, hue: 2 },
  ];
  assert.deepEqual(loudestHues(bands, 4_000, 4), [1, 2, null, null]);
});

test("a line past the end of the recording breaks nothing", () => {
  assert.deepEqual(loudestHues([{ startMs: 900, endMs: 99_000, hue: 1 }], 1_000, 2), [null, 1]);
});

test("a quiet recording is enlarged, silence is not", () => {
  assert.equal(gainFor(peaksOf(-64, 32)), 2);
  assert.equal(gainFor(peaksOf(-1, 1)), 1);
  assert.equal(gainFor(peaksOf(-10, 4)), 6);
});
