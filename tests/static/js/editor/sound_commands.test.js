import assert from "node:assert/strict";
import { test } from "node:test";
import { soundCommands } from "../../../../static/src/js/editor/sound_commands.js";
import { caretIn, soundingEditor } from "./sounding_editor.js";
import { heldIn, timedState, timesIn } from "./timed.js";

const SPANS = [
  [1_000, 3_000],
  [4_000, 6_000],
  [6_000, 9_000],
];

function opened(options) {
  const made = soundingEditor(timedState(SPANS), options);
  caretIn(made.editor, "s2");
  return made;
}

function run(editor, name) {
  return soundCommands[name].run(editor.view.state, editor.view.dispatch, editor);
}

test("it works", () => {
  const { editor, media, player } = opened();
  assert.equal(run(editor, "playSegment"), true);
  assert.equal(player.ms, 4_000);
  media.sound(2.5);
  assert.ok(!player.playing);
  assert.equal(player.ms, 6_000);
});

test("every command has a label and a group", () => {
  for (const [name, { label, group }] of Object.entries(soundCommands)) {
    assert.ok(label.length > 3, name);
    assert.ok(["Sound", "Times"].includes(group), name);
  }
  const labels = Object.values(soundCommands).map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length);
});

test("edges go where the sound is, as one change", () => {
  const { editor, player } = opened();
  player.place(4_700);
  assert.equal(run(editor, "startHere"), true);
  player.place(5_400);
  run(editor, "endHere");
  assert.deepEqual(timesIn(editor.doc), [
    [1_000, 3_000],
    [4_700, 5_400],
    [5_400, 9_000],
  ]);
  assert.deepEqual(heldIn(editor.doc), ["s2", "s3"]);
});

test("edges that touch are parted by moving one alone", () => {
  const { editor, player } = opened();
  player.place(5_400);
  assert.equal(run(editor, "endHereAlone"), true);
  player.place(4_200);
  run(editor, "startHereAlone");
  assert.deepEqual(timesIn(editor.doc), [
    [1_000, 3_000],
    [4_200, 5_400],
    [6_000, 9_000],
  ]);
});

test("edges move by small steps", () => {
  const { editor } = opened();
  for (const name of ["startEarlier", "startLaterFine", "endEarlier", "endLaterFine"]) run(editor, name);
  assert.deepEqual(timesIn(editor.doc)[1], [3_960, 5_960]);
});

test("what is selected is played, or the passage where nothing is", () => {
  const { editor, media, player } = opened();
  caretIn(editor, "s1", "s2");
  run(editor, "playSelection");
  assert.equal(player.ms, 1_000);
  media.sound(4);
  assert.ok(player.playing);
  caretIn(editor, "s3");
  run(editor, "playSelection");
  assert.equal(player.ms, 6_000);
});

test("the passages before and after are one key away", () => {
  const { editor, player } = opened();
  player.place(4_500);
  run(editor, "nextLine");
  assert.equal(player.ms, 6_000);
  run(editor, "previousLine");
  assert.equal(player.ms, 4_000);
});

test("who may only read changes no times, but hears everything", () => {
  const { editor, player } = opened({ canEdit: false });
  player.place(5_000);
  assert.equal(run(editor, "startHere"), false);
  assert.deepEqual(timesIn(editor.doc), SPANS);
  assert.equal(run(editor, "playHere"), true);
  assert.equal(player.ms, 4_000);
});

test("without sound there is nothing to do", () => {
  const { editor } = opened();
  editor.player = null;
  for (const name of Object.keys(soundCommands)) assert.equal(run(editor, name), false, name);
});

test("asking whether something can be done does nothing", () => {
  const { editor, player } = opened();
  player.place(5_000);
  for (const { run: ask } of Object.values(soundCommands)) ask(editor.view.state, undefined, editor);
  assert.equal(player.ms, 5_000);
  assert.ok(!player.playing);
  assert.deepEqual(timesIn(editor.doc), SPANS);
});
