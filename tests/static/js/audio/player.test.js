import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../../../static/src/js/audio/player.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";
import { QuietMedia } from "./doubles.js";

globalThis.requestAnimationFrame = () => {};

function opened(seconds = 60) {
  const media = new QuietMedia(seconds);
  const player = new Player(media, seconds * 1000, new Scope());
  const told = [];
  for (const type of ["play", "pause", "loop", "asked", "speed"]) {
    player.addEventListener(type, () => told.push(type));
  }
  return { media, player, told };
}

test("it works", () => {
  const { media, player, told } = opened();
  player.toggle();
  media.sound(4);
  assert.equal(player.ms, 4_000);
  assert.ok(player.playing);
  player.toggle();
  assert.ok(!player.playing);
  assert.deepEqual(told, ["play", "pause"]);
});

test("playing again steps back a little", () => {
  const { media, player } = opened();
  player.stepBackMs = 1_000;
  player.play();
  media.sound(4);
  player.toggle();
  player.toggle();
  assert.equal(player.ms, 3_000);
});

test("playing again before the browser has told of the pause steps back too", () => {
  const { media, player } = opened();
  player.stepBackMs = 1_000;
  player.play();
  media.sound(4);
  media.dispatchEvent = () => {};
  player.toggle();
  player.toggle();
  delete media.dispatchEvent;
  media.dispatchEvent(new Event("pause"));
  assert.equal(player.ms, 3_000);
});

test("a pause that is told late does not end the stretch that plays by then", () => {
  const { media, player } = opened();
  player.playSpan(2_000, 3_000);
  media.dispatchEvent(new Event("pause"));
  media.sound(4);
  assert.ok(!player.playing);
  assert.equal(player.ms, 3_000);
});

test("who went elsewhere in between starts exactly there", () => {
  const { media, player } = opened();
  player.stepBackMs = 1_000;
  player.play();
  media.sound(4);
  player.toggle();
  player.seek(9_000);
  player.play();
  assert.equal(player.ms, 9_000);
});

test("the first play of a page does not step back", () => {
  const { player } = opened();
  player.stepBackMs = 1_000;
  player.place(20_000);
  player.play();
  assert.equal(player.ms, 20_000);
});

test("a recording heard to its end begins again", () => {
  const { media, player } = opened(10);
  player.stepBackMs = 1_000;
  player.play();
  media.sound(11);
  player.toggle();
  assert.equal(player.ms, 0);
  assert.ok(player.playing);
});

test("a stretch is repeated until it is let go", () => {
  const { media, player, told } = opened();
  player.loop({ fromMs: 10_000, toMs: 12_000 });
  player.play();
  assert.equal(player.ms, 10_000);
  media.sound(2.1);
  assert.equal(player.ms, 10_000);
  player.loop(null);
  media.sound(2.1);
  assert.equal(player.ms, 12_100);
  assert.deepEqual(
    told.filter((type) => type === "loop"),
    ["loop", "loop"],
  );
});

test("a stretch at the very end is repeated too", () => {
  const { media, player } = opened(20);
  player.loop({ fromMs: 18_000, toMs: 20_000 });
  player.play();
  media.sound(5);
  assert.equal(player.ms, 18_000);
  assert.ok(player.playing);
});

test("stepping stays in the stretch, going elsewhere ends it", () => {
  const { media, player } = opened();
  player.loop({ fromMs: 10_000, toMs: 14_000 });
  player.play();
  media.sound(1);
  player.step(-3_000);
  assert.equal(player.ms, 10_000);
  player.step(9_000);
  assert.equal(player.ms, 10_000);
  assert.ok(player.looped);
  player.seek(30_000);
  assert.equal(player.looped, null);
});

test("who goes elsewhere may take the repeating along", () => {
  const { media, player } = opened();
  const elsewhere = (ms) => (ms > 20_000 ? { fromMs: 30_000, toMs: 32_000 } : null);
  player.loop({ fromMs: 10_000, toMs: 14_000 }, elsewhere);
  player.play();
  player.seek(31_000);
  assert.equal(player.ms, 31_000);
  media.sound(1);
  assert.equal(player.ms, 30_000);
  player.seek(25_000);
  assert.equal(player.ms, 30_000);
  player.seek(5_000);
  assert.equal(player.ms, 5_000);
  assert.equal(player.looped, null);
});

test("stepping back on resume never leaves the stretch", () => {
  const { media, player } = opened();
  player.stepBackMs = 5_000;
  player.loop({ fromMs: 10_000, toMs: 14_000 });
  player.play();
  media.sound(1);
  player.toggle();
  player.toggle();
  assert.equal(player.ms, 10_000);
});

test("a span is played once and stops at its end", () => {
  const { media, player } = opened();
  player.playSpan(5_000, 6_000);
  media.sound(0.5);
  assert.ok(player.playing);
  media.sound(0.6);
  assert.ok(!player.playing);
  assert.equal(player.ms, 6_000);
  player.play();
  media.sound(3);
  assert.ok(player.playing);
});

test("who stops a span and plays on hears what follows", () => {
  const { media, player } = opened();
  player.playSpan(5_000, 6_000);
  media.sound(0.5);
  player.toggle();
  player.toggle();
  media.sound(2);
  assert.ok(player.playing);
});

test("a pedal plays while it is held and steps back once", () => {
  const { media, player } = opened();
  player.stepBackMs = 1_000;
  player.hold();
  media.sound(5);
  player.release(500);
  assert.equal(player.ms, 4_500);
  player.hold();
  assert.equal(player.ms, 4_500);
  media.sound(1);
  player.release();
  player.play();
  assert.equal(player.ms, 4_500);
});

test("a pedal that comes up while nothing plays changes nothing", () => {
  const { player } = opened();
  player.place(8_000);
  player.release(500);
  assert.equal(player.ms, 8_000);
});

test("easing leaves the chosen speed alone", () => {
  const { media, player } = opened();
  player.speed = 1.5;
  player.ease(0.5);
  assert.equal(media.playbackRate, 0.75);
  assert.equal(player.speed, 1.5);
  player.speed = 2;
  assert.equal(media.playbackRate, 1);
  player.ease(1);
  assert.equal(media.playbackRate, 2);
});

test("a speed set by the browser itself is taken over", () => {
  const { media, player } = opened();
  media.playbackRate = 1.25;
  assert.equal(player.speed, 1.25);
});
