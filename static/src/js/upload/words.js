import { size } from "../lib/amounts.js";

const total = (items) => items.reduce((sum, item) => sum + item.size, 0);

/** The start button and the words beside it, for the files that wait. */
export function startText(items) {
  const what = items.length === 1 ? "and transcribe" : `and transcribe ${items.length} files`;
  return { button: `Upload ${what}`, summary: size(total(items)) };
}

export const tooLarge = (maxBytes) =>
  `This file is larger than ${size(maxBytes)}, the most this server takes. Cut it or save it in a smaller format.`;
