import assert from "node:assert/strict";
import { test } from "node:test";
import { voiceCommands } from "../../../../static/src/js/editor/voice_commands.js";
import { makeState, run, select, speakersOf } from "./cast.js";

const named = (name, editor) => (state, dispatch) => voiceCommands[name].run(state, dispatch, editor);

test("it works", () => {
  const state = select(makeState("aab"), 1);
  assert.equal(speakersOf(run(state, named("speaker2"))), "bab");
  assert.equal(speakersOf(run(state, named("turnSpeaker2"))), "bbb");
  assert.equal(speakersOf(run(state, named("speaker0"))), "-ab");
});

test("every command has words for the sheet of keys", () => {
  for (const { label, group, run: doIt } of Object.values(voiceCommands)) {
    assert.ok(label && group === "Speakers" && typeof doIt === "function", label);
  }
});

test("the menu is asked for at the caret, by those who may write", () => {
  const state = select(makeState("aab"), 2);
  const asked = [];
  const editor = { canEdit: true, tell: (type, detail) => asked.push([type, detail.pos]) };
  assert.equal(
    voiceCommands.renameSpeaker.run(state, () => {}, editor),
    true,
  );
  assert.deepEqual(asked, [["rename-asked", state.selection.from - 1]]);
  assert.equal(
    voiceCommands.renameSpeaker.run(state, () => {}, { ...editor, canEdit: false }),
    false,
  );
  assert.equal(
    voiceCommands.renameSpeaker.run(makeState(""), () => {}, editor),
    false,
  );
});

test("what nothing can be done with lets the key go on", () => {
  const state = select(makeState("aab"), 1);
  assert.equal(voiceCommands.speaker1.run(state, null, null), false);
  assert.equal(voiceCommands.speaker9.run(state, null, null), false);
});
