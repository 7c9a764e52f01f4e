/** Word times without recognition: words spread by length. Where pauses are, only the server knows. */

import { spokenWeight } from "./tokens.js";

/** One word a token, `[startMs, endMs, text]`, from `startMs` to `endMs`. */
export function interpolate(tokens, startMs, endMs) {
  const lengthMs = Math.max(0, endMs - startMs);
  const weights = tokens.map(spokenWeight);
  const whole = Math.max(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  let before = 0;
  const edge = () => startMs + Math.floor((lengthMs * before) / whole);
  return tokens.map((token, index) => {
    const fromMs = edge();
    before += weights[index];
    return [fromMs, edge(), token];
  });
}
