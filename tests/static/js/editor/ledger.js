/** Books what happens to every inserted character that nothing else has: who made it, who took it away. */

const FIRST = 0x4e00;

/** The n-th of them; far on they take two units each. */
export function tokenOf(n) {
  return String.fromCodePoint(n < 20_000 ? FIRST + n : 0x20000 + n - 20_000);
}

export function tokensIn(text) {
  return [...text].filter((character) => character.codePointAt(0) >= FIRST);
}

/** `{come, gone}`: tokens that a transaction brings, and those that it takes away. */
export function changedBy(tr) {
  const come = new Set();
  const gone = new Set();
  tr.steps.forEach((step, index) => {
    step.getMap().forEach((from, to) => {
      for (const token of tokensIn(tr.docs[index].textBetween(from, to))) {
        if (!come.delete(token)) gone.add(token);
      }
    });
    const { content } = step.slice ?? {};
    for (const token of content ? tokensIn(content.textBetween(0, content.size)) : []) {
      if (!gone.delete(token)) come.add(token);
    }
  });
  return { come, gone };
}

export class Ledger {
  /** token → who made it. */
  author = new Map();
  /** token → everybody who saw it and took it away. */
  removedBy = new Map();
  /** How often undoing took away what others had written. */
  meddled = 0;

  /** A change that a person made. */
  own(person, { come, gone }, isUndo) {
    for (const token of come) if (!this.author.has(token)) this.author.set(token, person);
    for (const token of gone) this.#wentAway(person, token, isUndo);
  }

  /** What should be in a text and is not. */
  lostFrom(doc) {
    const left = new Set(tokensIn(doc.textContent));
    return [...this.author.keys()].filter((token) => !left.has(token) && !this.removedBy.has(token));
  }

  /** Doing one's own deletion again is no meddling. */
  #wentAway(person, token, isUndo) {
    if (!this.removedBy.has(token)) this.removedBy.set(token, new Set());
    const removers = this.removedBy.get(token);
    if (isUndo && this.author.get(token) !== person && !removers.has(person)) this.meddled += 1;
    removers.add(person);
  }
}
