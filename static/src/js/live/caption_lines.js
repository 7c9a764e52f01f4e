/**
 * What is read while somebody speaks: final text, the provisional text after it, and marks.
 *
 * Times are milliseconds of the recording. Events come as the server sends them (snake_case).
 */

const NEW_PARAGRAPH_PAUSE_MS = 4_000;
const LONGEST_PARAGRAPH = 420;
const MOST_FINALS = 800;

export class CaptionLines {
  #finals = [];
  #marks = [];
  #provisional = null;
  #voices = new Map();

  /** Text that stays. The same key again is the same text, corrected. */
  final({ key, start_ms: startMs, end_ms: endMs, text, speaker = "", hue = 0 }) {
    const piece = { key, startMs, endMs, text: text.trim(), speaker, hue };
    const known = this.#finals.findIndex((one) => one.key === key);
    if (known >= 0) this.#finals[known] = piece;
    else insert(this.#finals, piece, (one) => one.startMs);
    if (this.#provisional && this.#provisional.startMs < endMs) this.#settle(speaker, hue);
  }

  /** Provisional text carries the service's own label of a voice; who that is shows when it becomes final. */
  #settle(speaker, hue) {
    if (this.#provisional.speaker) this.#voices.set(this.#provisional.speaker, { speaker, hue });
    this.#provisional = null;
  }

  /** The whole provisional text, in place of the one before; "" takes it away. */
  caption({ start_ms: startMs, text, speaker = "" }) {
    this.#provisional = text.trim() ? { startMs, text: text.trim(), speaker } : null;
  }

  /** Set a mark, or change the note of one. */
  mark({ key, atMs, note = "", sent = false }) {
    const known = this.#marks.find((one) => one.key === key);
    if (known) Object.assign(known, { note, sent: sent || known.sent });
    else insert(this.#marks, { key, atMs, note, sent }, (one) => one.atMs);
  }

  /** The server has the mark. */
  marked(key) {
    const known = this.#marks.find((one) => one.key === key);
    if (known) known.sent = true;
  }

  get isEmpty() {
    return !this.#finals.length && !this.#marks.length && !this.#provisional;
  }

  /** Forget the oldest text; true where some was forgotten. It stays in the transcript. */
  trim() {
    const extra = this.#finals.length - MOST_FINALS;
    if (extra < 1) return false;
    this.#finals.splice(0, extra);
    const fromMs = this.#finals[0].startMs;
    this.#marks = this.#marks.filter((mark) => mark.atMs >= fromMs);
    return true;
  }

  /**
   * Paragraphs in reading order: `{key, speaker, hue, items}` with items of kind "text", "mark" and "soft".
   *
   * A paragraph ends where another person speaks, after a pause, and where it would grow too long.
   */
  paragraphs() {
    const found = [];
    for (const piece of this.#pieces()) place(found, piece);
    for (const mark of this.#marks) flag(found, mark);
    return found;
  }

  #pieces() {
    const finals = this.#finals.map((piece) => ({ ...piece, kind: "text" }));
    if (!this.#provisional) return finals;
    const { speaker, hue } = this.#voiceOf(this.#provisional.speaker, finals);
    const { startMs, text } = this.#provisional;
    return [...finals, { kind: "soft", key: "soft", startMs, endMs: startMs, text, speaker, hue }];
  }

  #voiceOf(label, finals) {
    const nobody = { speaker: "", hue: 0 };
    if (!label) return finals.at(-1) ?? nobody;
    return this.#voices.get(label) ?? finals.findLast((piece) => piece.speaker === label) ?? nobody;
  }
}

function insert(list, item, timeOf) {
  let at = list.length;
  while (at > 0 && timeOf(list[at - 1]) > timeOf(item)) at -= 1;
  list.splice(at, 0, item);
}

function place(paragraphs, piece) {
  const last = paragraphs.at(-1);
  const item = { kind: piece.kind, key: piece.key, atMs: piece.startMs, text: piece.text };
  if (last && belongs(last, piece)) {
    last.items.push(item);
    last.length += piece.text.length;
    last.endMs = piece.endMs;
    return;
  }
  const { key, speaker, hue, startMs, endMs, text } = piece;
  paragraphs.push({ key, speaker, hue, startMs, endMs, length: text.length, items: [item] });
}

const belongs = (paragraph, piece) =>
  paragraph.speaker === piece.speaker &&
  piece.startMs - paragraph.endMs < NEW_PARAGRAPH_PAUSE_MS &&
  paragraph.length < LONGEST_PARAGRAPH;

/** A mark stands after everything that had begun when it was set, also after text that comes later. */
function flag(paragraphs, mark) {
  const item = { kind: "mark", ...mark };
  const home = paragraphs.findLast((paragraph) => paragraph.startMs <= mark.atMs);
  if (home) insert(home.items, item, (one) => one.atMs);
  else paragraphs.unshift({ key: mark.key, speaker: "", hue: 0, startMs: mark.atMs, items: [item] });
}
