/** Answers worth keeping: the same words come again and again. */

const MOST = 20_000;

/** `answer`, a pure function of one string, with its last answers kept. */
export function remembered(answer) {
  const known = new Map();
  return (question) => {
    const found = known.get(question);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const fresh = answer(question);
    known.set(question, fresh);
    return fresh;
  };
}
