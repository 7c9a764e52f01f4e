/** Answers questions of `test_js_agrees.py`: one JSON array `[function, ...arguments]` a line, one result a line. */

import { createInterface } from "node:readline";
import { beginsUnspaced, isClinging, weightOf } from "../../static/src/js/timing/characters.js";
import { interpolate } from "../../static/src/js/timing/interpolate.js";
import { realign } from "../../static/src/js/timing/realign.js";
import {
  comparisonKey,
  isSpaced,
  normaliseText,
  spokenWeight,
  tokenise,
} from "../../static/src/js/timing/tokens.js";
import { matchingPairs } from "../../static/src/js/timing/word_diff.js";
import { monotone } from "../../static/src/js/timing/words.js";
import { decodeWords } from "../../static/src/js/transcript/words.js";

const answers = {
  characters(from, to) {
    const rows = [];
    for (let point = from; point < to; point += 1) {
      const char = String.fromCodePoint(point);
      rows.push([comparisonKey(char), weightOf(char), isClinging(char), beginsUnspaced(char)]);
    }
    return rows;
  },
  decode: decodeWords,
  interpolate,
  keys: (tokens) => tokens.map(comparisonKey),
  monotone,
  normalise: normaliseText,
  pairs: matchingPairs,
  realign,
  spaced: isSpaced,
  tokens: tokenise,
  weights: (tokens) => tokens.map(spokenWeight),
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [name, ...args] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[name](...args))}\n`);
}
