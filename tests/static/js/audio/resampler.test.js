import assert from "node:assert/strict";
import { test } from "node:test";
import { Resampler } from "../../../../static/src/js/audio/resampler.js";

const TO = 16_000;

function sine(hertz, rate, seconds) {
  return Float32Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate));
}

/** Everything that comes out, fed in pieces as the browser hands them over. */
function resampled(from, input, piece = 128) {
  const out = [];
  const put = (value) => out.push(value);
  const resampler = new Resampler(from, TO);
  for (let at = 0; at < input.length; at += piece) resampler.push(input.subarray(at, at + piece), put);
  resampler.finish(put);
  return out;
}

/** Decibels against a full-scale sine, without the edges. */
function decibels(samples) {
  const middle = samples.slice(400, -400);
  const power = middle.reduce((sum, value) => sum + value * value, 0) / middle.length;
  return 10 * Math.log10(2 * power + 1e-20);
}

test("it works", () => {
  const out = resampled(48_000, sine(440, 48_000, 1));
  const wanted = sine(440, TO, 1);
  assert.equal(out.length, TO);
  const worst = out
    .slice(100, -100)
    .reduce((most, value, n) => Math.max(most, Math.abs(value - wanted[n + 100])), 0);
  assert.ok(worst < 1e-3, `differs by ${worst}`);
});

for (const from of [8_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000]) {
  test(`${from} Hz: speech passes unchanged`, () => {
    for (const hertz of [100, 1_000, 3_400, 7_000].filter((hertz) => hertz < 0.44 * from)) {
      const loss = decibels(resampled(from, sine(hertz, from, 0.5)));
      assert.ok(Math.abs(loss) < 0.2, `${hertz} Hz: ${loss} dB`);
    }
  });
}

for (const from of [22_050, 32_000, 44_100, 48_000, 96_000]) {
  test(`${from} Hz: what a take cannot hold is gone instead of folded into it`, () => {
    for (const hertz of [8_400, 9_000, 12_000, 15_000, 20_000].filter((hertz) => hertz < 0.5 * from)) {
      const alias = decibels(resampled(from, sine(hertz, from, 0.5)));
      assert.ok(alias < -60, `${hertz} Hz: ${alias} dB`);
    }
  });
}

test("a constant stays what it is", () => {
  const out = resampled(44_100, new Float32Array(44_100).fill(0.5));
  assert.ok(out.slice(100, -100).every((value) => Math.abs(value - 0.5) < 1e-6));
});

for (const [from, count] of [
  [44_100, 44_101],
  [48_000, 1],
  [48_000, 7],
  [11_025, 100_003],
]) {
  test(`${count} samples at ${from} Hz: the exact length`, () => {
    const out = resampled(from, new Float32Array(count), 100);
    assert.equal(out.length, Math.ceil((count * TO) / from));
  });
}

test("nothing drifts over two minutes", () => {
  const resampler = new Resampler(44_100, TO);
  const piece = new Float32Array(44_100);
  const click = new Float32Array(44_100);
  click[0] = 1;
  let [count, loudest, loudestAt] = [0, 0, 0];
  const put = (value) => {
    if (value > loudest) [loudest, loudestAt] = [value, count];
    count += 1;
  };
  for (let second = 0; second < 120; second++) resampler.push(second === 110 ? click : piece, put);
  resampler.finish(put);
  assert.equal(count, 120 * TO);
  assert.equal(loudestAt, 110 * TO);
});

test("the pieces do not matter", () => {
  const input = sine(777, 44_100, 0.2);
  assert.deepEqual(resampled(44_100, input, 128), resampled(44_100, input, 1_000));
});

test("after the end it begins anew", () => {
  const resampler = new Resampler(44_100, TO);
  const run = () => {
    const out = [];
    resampler.push(sine(500, 44_100, 0.1), (value) => out.push(value));
    resampler.finish((value) => out.push(value));
    return out;
  };
  assert.deepEqual(run(), run());
});
