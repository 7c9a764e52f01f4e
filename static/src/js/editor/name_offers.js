/** Names to choose from beside a name in the text: voices of this transcript, then names of the library. */

import { cleanName, voicesOf } from "./voices.js";

const MOST_USED = 12;
const MOST_OFFERED = 8;

/** Names in the order of their last use, the latest first, after one more was used. */
export function withUsed(used, name) {
  const clean = cleanName(name);
  if (!clean) return used;
  return [clean, ...used.filter((other) => !isSame(other, clean))].slice(0, MOST_USED);
}

/**
 * `{name, voice}` for every offer that contains `typed`: voices but the one that is renamed, the last used
 * first, then other names that were used here, then those of the library; `voice` is null for the latter two.
 */
export function offersFor(doc, { typed, without, used, library }) {
  const voices = voicesOf(doc);
  const others = voices.filter(({ id }) => id !== without).toSorted(byUse(used));
  const taken = new Set(voices.map(({ shown }) => shown.toLowerCase()));
  const free = unique([...used, ...library]).filter((name) => !taken.has(name.toLowerCase()));
  const offers = [
    ...others.map((voice) => ({ name: voice.shown, voice })),
    ...free.map((name) => ({ name, voice: null })),
  ];
  return offers.filter(({ name }) => contains(name, typed)).slice(0, MOST_OFFERED);
}

function byUse(used) {
  const rank = ({ shown }) => {
    const place = used.findIndex((name) => isSame(name, shown));
    return place < 0 ? used.length : place;
  };
  return (one, other) => rank(one) - rank(other) || one.number - other.number;
}

/** The first of each name, in whatever case. */
const unique = (names) =>
  names.filter((name, index) => names.findIndex((other) => isSame(other, name)) === index);

const isSame = (one, other) => one.toLowerCase() === other.toLowerCase();
const contains = (name, typed) => name.toLowerCase().includes(cleanName(typed).toLowerCase());
