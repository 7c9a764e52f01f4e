import assert from "node:assert/strict";
import { test } from "node:test";
import { TypingPace } from "../../../../static/src/js/audio/typing_pace.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";

function paced(t, { playing = true, enabled = true } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const player = { playing, eased: 1, ease: (factor) => Object.assign(player, { eased: factor }) };
  const scope = new Scope();
  const pace = new TypingPace(player, scope);
  pace.enabled = enabled;
  return { player, pace, scope };
}

test("it works", (t) => {
  const { player, pace } = paced(t);
  pace.typed();
  assert.equal(player.eased, 0.7);
  t.mock.timers.tick(1_000);
  pace.typed();
  t.mock.timers.tick(1_000);
  assert.equal(player.eased, 0.7);
  t.mock.timers.tick(200);
  assert.equal(player.eased, 1);
});

test("nothing happens where it is off or nothing plays", (t) => {
  const off = paced(t, { enabled: false });
  off.pace.typed();
  assert.equal(off.player.eased, 1);
});

test("nothing happens while nothing plays", (t) => {
  const still = paced(t, { playing: false });
  still.pace.typed();
  assert.equal(still.player.eased, 1);
});

test("switching it off, or leaving, gives the speed back at once", (t) => {
  const { player, pace, scope } = paced(t);
  pace.typed();
  pace.enabled = false;
  assert.equal(player.eased, 1);
  pace.enabled = true;
  pace.typed();
  scope.close();
  assert.equal(player.eased, 1);
});
