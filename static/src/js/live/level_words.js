/** What the meter says in words, steady enough to be read. Times are milliseconds of any one clock. */

const HEARD_RMS = 0.012;
const SILENT_MS = 5_000;
const MUTED_RMS = 0.0006;
const REMEMBER_LOUD_MS = 3_000;
const REMEMBER_HEARD_MS = 2_500;

const LISTENING = { tone: "", text: "Say something, and watch the bars." };
const HEARD = { tone: "ok", text: "We hear you." };
const LOUD = { tone: "warn", text: "Too loud: move back or lower the gain." };
const SILENT = {
  microphone: { tone: "warn", text: "We hear nothing. Is the microphone muted?" },
  tab: { tone: "warn", text: "We hear nothing. Is something playing in that tab?" },
  both: { tone: "warn", text: "We hear nothing. Is the microphone muted, and is something playing?" },
};

/** A pause in somebody's speech has the noise of a room in it; nothing at all comes from a muted microphone. */
export class LevelWords {
  #loudAtMs = Number.NEGATIVE_INFINITY;
  #heardAtMs = Number.NEGATIVE_INFINITY;

  constructor(source = "microphone") {
    this.source = source;
  }

  /** Take one measurement `{rms, clipping, silentMs}` in and answer `{tone, text}`. */
  hear({ rms, clipping, silentMs }, nowMs) {
    if (clipping) this.#loudAtMs = nowMs;
    if (rms >= HEARD_RMS) this.#heardAtMs = nowMs;
    if (nowMs - this.#loudAtMs < REMEMBER_LOUD_MS) return LOUD;
    if (silentMs >= SILENT_MS && rms < MUTED_RMS) return SILENT[this.source];
    return nowMs - this.#heardAtMs < REMEMBER_HEARD_MS ? HEARD : LISTENING;
  }
}

const FLOOR_DB = -54;

/** The height of a bar for a peak of 0..1, in percent: decibels, because ears hear in decibels. */
export function barHeight(peak) {
  const decibels = 20 * Math.log10(Math.max(peak, 1e-6));
  return Math.round(Math.max(6, Math.min(100, 100 * (1 - decibels / FLOOR_DB))));
}

/** Tone of a bar: in order, loud, or cut off. */
export function barTone({ peak, clipping }) {
  if (clipping) return "bad";
  return peak > 0.7 ? "warn" : "";
}
