/**
 * Words that may be wrong, as somebody goes through them.
 *
 * `find(startMs, endMs)` answers the word with exactly these times as it stands now, `{id, from, to, text, index}`;
 * null where there is none any more; undefined while it is not known. A doubt is gone as soon as its word is another.
 */
export class Doubts {
  #doubts = [];
  #total = 0;

  constructor(find) {
    this.find = find;
  }

  /** What the server says: `[[startMs, endMs, reason], …]`, those that nobody has answered and those that are right. */
  take({ doubts, checked }) {
    const known = new Map(this.#doubts.map((doubt) => [keyOf(doubt), doubt]));
    const made =
      (isChecked) =>
      ([startMs, endMs, reason]) => {
        const text = known.get(`${startMs}-${endMs}`)?.text ?? null;
        return { startMs, endMs, reason, isChecked, text, place: undefined };
      };
    this.#doubts = [...doubts.map(made(false)), ...checked.map(made(true))].sort(
      (a, b) => a.startMs - b.startMs,
    );
    this.#total = this.#doubts.length;
  }

  /** How far one is: `{left, total}`. What was corrected before the page was opened does not count. */
  get progress() {
    return { left: this.#doubts.filter(isOpen).length, total: this.#total };
  }

  /** Look at the words between two moments again: what is new here, or was written over. */
  locate(fromMs, toMs) {
    for (const doubt of this.#doubts) {
      if (doubt.startMs < toMs && doubt.endMs >= fromMs) this.#locate(doubt);
    }
  }

  #locate(doubt) {
    const word = this.find(doubt.startMs, doubt.endMs);
    if (word === undefined) return;
    doubt.text ??= word?.text ?? null;
    doubt.place = word && word.text === doubt.text ? word : null;
  }

  /** Open doubts whose place is known, `{id, from, to}`, for painting. */
  get places() {
    return this.#doubts.filter((doubt) => isOpen(doubt) && doubt.place).map(({ place }) => place);
  }

  /**
   * The next (`step` 1) or previous (-1) spot from a moment, or null: doubtful words that follow each other are one.
   * Words that are not known yet are a spot of their own; locate them and ask again.
   */
  beside(ms, step) {
    const spots = this.spots();
    return step > 0
      ? spots.find(({ startMs }) => startMs > ms)
      : spots.findLast(({ startMs }) => startMs < ms);
  }

  /** The spot that holds a moment, or null. */
  at(ms) {
    return this.spots().find(({ startMs, endMs }) => startMs <= ms && ms <= endMs) ?? null;
  }

  spots() {
    const spots = [];
    for (const doubt of this.#doubts.filter(isOpen)) {
      const last = spots.at(-1);
      if (last && follows(last.doubts.at(-1), doubt)) last.add(doubt);
      else spots.push(new Spot(doubt));
    }
    return spots;
  }

  /** Say that the words of a spot are right, or take that back. */
  check(spot, isChecked = true) {
    for (const doubt of spot.doubts) doubt.isChecked = isChecked;
  }
}

class Spot {
  constructor(doubt) {
    this.doubts = [doubt];
  }

  add(doubt) {
    this.doubts.push(doubt);
  }

  get startMs() {
    return this.doubts[0].startMs;
  }

  get endMs() {
    return this.doubts.at(-1).endMs;
  }

  get isKnown() {
    return this.doubts.every(({ place }) => place);
  }

  /** `{id, from, to}` of all its words. */
  get place() {
    const { id, from } = this.doubts[0].place;
    return { id, from, to: this.doubts.at(-1).place.to };
  }

  get reason() {
    return REASONS[this.doubts[0].reason] ?? REASONS.unsure;
  }
}

const REASONS = {
  unsure: "The machine was not sure",
  pace: "Nobody speaks that fast or slow",
  repeated: "The same words again and again",
};

const keyOf = ({ startMs, endMs }) => `${startMs}-${endMs}`;

const isOpen = ({ isChecked, place }) => !isChecked && place !== null;

const follows = (before, { place }) =>
  Boolean(before.place && place) && before.place.id === place.id && place.index === before.place.index + 1;

/** "12 of 40 left", "All 40 are done". */
export function progressText({ left, total }) {
  if (!total) return "Nothing is doubtful here";
  return left
    ? `${left.toLocaleString("en")} of ${total.toLocaleString("en")} left`
    : `All ${total} are done`;
}
