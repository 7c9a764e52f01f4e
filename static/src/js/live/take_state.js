/**
 * The states of a take on the page, and what moves it from one to the next.
 *
 * `arming` lasts until the recording starts: the microphone is being opened, or open with its level shown.
 * While `reconnecting` the recording goes on in the browser. Being without a connection changes nothing for
 * a paused or finishing take: it stays what it is.
 */

const MOVES = {
  idle: { arm: "arming" },
  arming: { arm: "arming", armed: "arming", start: "recording", fail: "failed", reset: "idle" },
  recording: { pause: "paused", lost: "reconnecting", back: "recording", stop: "finishing", fail: "failed" },
  paused: {
    arm: "paused",
    armed: "paused",
    resume: "recording",
    lost: "paused",
    back: "paused",
    stop: "finishing",
    fail: "failed",
  },
  reconnecting: {
    back: "recording",
    lost: "reconnecting",
    pause: "paused",
    stop: "finishing",
    fail: "failed",
  },
  finishing: { stopped: "done", lost: "finishing", back: "finishing", fail: "failed" },
  done: { arm: "arming", reset: "idle" },
  failed: { arm: "arming", reset: "idle" },
};

export const STATES = Object.keys(MOVES);
export const EVENTS = [
  "arm",
  "armed",
  "start",
  "pause",
  "resume",
  "lost",
  "back",
  "stop",
  "stopped",
  "fail",
  "reset",
];

const RUNNING = new Set(["recording", "paused", "reconnecting", "finishing"]);

/** The state after `event`; an event that means nothing in `state` changes nothing. */
export function next(state, event) {
  return MOVES[state][event] ?? state;
}

/** Whether `action` means something in `state`: what a page offers. */
export function can(state, action) {
  return action in MOVES[state];
}

/** A take that has begun and not ended: leaving the page would interrupt it. */
export function isRunning(state) {
  return RUNNING.has(state);
}

/** Sound is being taken down right now. */
export function isCapturing(state) {
  return state === "recording" || state === "reconnecting";
}
