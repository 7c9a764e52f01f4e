/** How somebody likes to listen, kept in this browser. */

import { remember, remembered } from "../lib/remember.js";

const KEY = "voxweb:playback";
const AT_FIRST = { stepBackMs: 1_000, slowSpeed: 0.75, slowsForTyping: false };
const WITHIN = { stepBackMs: [0, 10_000], slowSpeed: [0.25, 1] };

/** `{stepBackMs, slowSpeed, slowsForTyping}`; whatever is not understood is as it was at first. */
export function playbackChoices() {
  const kept = parsed(remembered(KEY));
  return Object.fromEntries(
    Object.entries(AT_FIRST).map(([name, first]) => [name, fits(name, kept[name]) ? kept[name] : first]),
  );
}

/** Change some of them; returns all of them as they are now. */
export function choosePlayback(changed) {
  const choices = { ...playbackChoices(), ...changed };
  remember(KEY, JSON.stringify(choices));
  return choices;
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function fits(name, value) {
  if (typeof value !== typeof AT_FIRST[name]) return false;
  const [least, most] = WITHIN[name] ?? [value, value];
  return value >= least && value <= most;
}
