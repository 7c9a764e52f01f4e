import assert from "node:assert/strict";
import { test } from "node:test";
import { SegmentLoop } from "../../../../static/src/js/editor/segment_loop.js";
import { setEdge } from "../../../../static/src/js/editor/segment_times.js";
import { caretIn, soundingEditor } from "./sounding_editor.js";
import { timedState } from "./timed.js";

const SPANS = [
  [1_000, 3_000],
  [4_000, 6_000],
  [6_000, 9_000],
];

function looping(options) {
  const { editor, media, player } = soundingEditor(timedState(SPANS), options);
  return { editor, media, player, loop: new SegmentLoop(player, editor) };
}

const spanOf = ({ looped }) => looped && [looped.fromMs, looped.toMs];

test("it works", () => {
  const { editor, media, player, loop } = looping();
  caretIn(editor, "s2");
  assert.ok(loop.toggle());
  assert.deepEqual(spanOf(player), [4_000, 6_000]);
  assert.ok(player.playing);
  media.sound(2.5);
  assert.equal(player.ms, 4_000);
  loop.toggle();
  assert.equal(player.looped, null);
  assert.ok(player.playing);
});

test("without the caret it is the segment that sounds", () => {
  const { player, loop } = looping({ focus: false });
  player.place(7_000);
  loop.toggle();
  assert.deepEqual(spanOf(player), [6_000, 9_000]);
});

test("what is selected is repeated as it is, wherever the caret goes", () => {
  const { editor, player, loop } = looping();
  caretIn(editor, "s1", "s2");
  loop.toggle();
  assert.deepEqual(spanOf(player), [1_000, 6_000]);
  caretIn(editor, "s3");
  loop.follow();
  assert.deepEqual(spanOf(player), [1_000, 6_000]);
  player.seek(8_000);
  assert.equal(player.looped, null);
});

test("it goes along with the caret", () => {
  const { editor, player, loop } = looping();
  caretIn(editor, "s1");
  loop.toggle();
  caretIn(editor, "s3");
  loop.follow();
  assert.deepEqual(spanOf(player), [6_000, 9_000]);
  assert.equal(player.ms, 6_000);
});

test("it goes along with who jumps elsewhere; a pause belongs to what comes after", () => {
  const { editor, player, loop } = looping({ focus: false });
  caretIn(editor, "s1");
  player.place(1_500);
  loop.toggle();
  player.seek(5_000);
  assert.deepEqual(spanOf(player), [4_000, 6_000]);
  assert.equal(player.ms, 5_000);
  player.seek(1_200);
  player.seek(3_500);
  assert.deepEqual(spanOf(player), [4_000, 6_000]);
  assert.equal(player.ms, 4_000);
});

test("it follows an edge that is moved", () => {
  const { editor, player, loop } = looping();
  caretIn(editor, "s2");
  loop.toggle();
  editor.view.dispatch(setEdge(editor.view.state, "s2", "start", 4_500));
  loop.follow();
  assert.deepEqual(spanOf(player), [4_500, 6_000]);
});

test("a segment that is removed is not repeated any more", () => {
  const { editor, player, loop } = looping();
  caretIn(editor, "s2");
  loop.toggle();
  editor.focus = false;
  editor.view.state = timedState(SPANS.slice(0, 1));
  loop.follow();
  assert.equal(player.looped, null);
});

test("where no text is, nothing is repeated", () => {
  const { editor, player } = soundingEditor(timedState([]), { focus: false });
  assert.equal(new SegmentLoop(player, editor).toggle(), false);
});
