/** What the record page shows in each state of a take. Pure: a state and what led to it in, words out. */

const SETUP = { panel: "setup", badge: null, buttons: ["record"] };
const TAKE = { panel: "live", badge: { text: "Recording", calm: false }, buttons: ["pause", "stop", "mark"] };
const END = { panel: "end", badge: null, buttons: [] };

const VIEWS = {
  idle: { ...SETUP, said: "" },
  arming: { ...SETUP, said: "" },
  recording: { ...TAKE, said: "Recording" },
  paused: { ...TAKE, badge: { text: "Paused", calm: true }, said: "Paused" },
  reconnecting: { ...TAKE, said: "The connection is lost. The recording goes on." },
  finishing: { ...END, badge: { text: "Finishing", calm: true }, said: "Stopped. Saving the rest." },
  done: { ...END, said: "Saved. Opening the transcript." },
  failed: { ...END, said: "" },
};

/**
 * `{panel, badge, buttons, said}` of a state.
 *
 * A take that could not even begin (`hasSound` is false) stays with its settings, where it can be put right; one
 * that another page records now stays with its captions.
 */
export function recordView(state, { code = "", hasSound = false } = {}) {
  if (ELSEWHERE.has(code)) return TAKEN_OVER;
  if (state === "failed" && !hasSound) return VIEWS.idle;
  return VIEWS[state];
}

const ELSEWHERE = new Set(["taken_over", "elsewhere"]);
const TAKEN_OVER = {
  panel: "live",
  badge: { text: "Recorded elsewhere", calm: true },
  buttons: [],
  said: "This recording goes on in another tab or on another device.",
};

const ACTIONS = {
  taken_over: { name: "take-over", label: "Record here" },
  elsewhere: { name: "take-over", label: "Record here" },
  sign_in: { name: "sign-in", label: "Sign in" },
  microphone_lost: { name: "microphone", label: "Go on with this one" },
  tab_ended: { name: "go-on", label: "Share again" },
  recorder_broke: { name: "go-on", label: "Go on recording" },
};

/** Trouble as a standing sentence with what can be done about it: `{code, message, tone, action}`. */
export function troubleNotice({ code, message }) {
  return { code, message, tone: "warn", action: ACTIONS[code] ?? null };
}

/** The end panel while the rest is sent: `{title, text, safe, percent, actions}`. */
export function finishingView({ capturedMs, durableMs, online }) {
  const restMs = Math.max(0, capturedMs - durableMs);
  const percent = capturedMs ? Math.min(100, (100 * durableMs) / capturedMs) : 100;
  const view = { safe: "", percent, actions: [] };
  if (restMs < 1000) return { ...view, title: "Saving the recording", text: "This takes a moment." };
  const rest = seconds(restMs);
  if (online) return { ...view, title: `Sending the last ${rest}`, text: "Keep this page open meanwhile." };
  const text = `The last ${rest} are sent as soon as the server answers, also when you close this page and come back later.`;
  return { ...view, title: "Waiting for the server", text, safe: "Everything is kept in this browser." };
}

/** The end panel of a take that is in the library. */
export const doneView = (url) => ({
  title: "Saved",
  text: "Opening the transcript. Speakers and the final text come in a moment.",
  actions: ["open"],
  url,
});

/** The end panel of a take that could not go on, with what is safe and what to do; `hasCopy`: the browser has it as a file. */
export function failedView({ message }, { capturedMs, durableMs, isKept }, hasCopy) {
  const isSaved = durableMs >= capturedMs;
  const safe = isSaved
    ? "Everything that was recorded is saved on the server."
    : restSafe(capturedMs, durableMs, isKept);
  const actions = isSaved || !hasCopy ? ["again", "anew"] : ["again", "download", "anew"];
  return { title: "The recording was interrupted", text: message, safe, percent: null, actions };
}

function restSafe(capturedMs, durableMs, isKept) {
  const rest = seconds(capturedMs - durableMs);
  if (isKept && durableMs)
    return `Nothing is lost: the last ${rest} are kept in this browser, all before on the server.`;
  if (isKept) return "Nothing is lost: everything is kept in this browser.";
  return durableMs ? `All but the last ${rest} is saved on the server.` : "";
}

function seconds(ms) {
  const amount = Math.max(1, Math.round(ms / 1000));
  if (amount < 90) return amount === 1 ? "second" : `${amount} seconds`;
  return `${Math.round(amount / 60)} minutes`;
}

/** Who writes the captions, from `hello.captions`, and what stands in their place before the first words. */
export function captionFacts(captions) {
  if (!captions) {
    return { facts: "No live captions", empty: "No live captions. The text is written when you stop." };
  }
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const facts = [captions.label, captions.language && names.of(captions.language)].filter(Boolean).join(", ");
  return { facts, empty: "Speak. Your words appear here." };
}

/** "4:05", "24:31", "1:24:31": as short as it can be, since it is large. */
export function takeClock(ms) {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
