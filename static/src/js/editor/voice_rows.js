/** What the list of speakers shows, read from the document. */

import { shares, talkTimes } from "./talk_time.js";
import { UNKNOWN_VOICE, voicesOf } from "./voices.js";

/** One row a voice, and one for what nobody is known to have said; `key` is the number on its key, or null. */
export function voiceRows(doc) {
  const times = talkTimes(doc);
  const percents = shares(times);
  const voices = voicesOf(doc);
  const known = new Set(voices.map(({ id }) => id));
  const unknown = [...times.keys()].filter((id) => !known.has(id));
  const rows = voices.map((voice) => ({
    ...voice,
    key: voice.number <= 9 ? voice.number : null,
    ms: times.get(voice.id) ?? 0,
    percent: percents.get(voice.id) ?? 0,
    isUsed: times.has(voice.id),
  }));
  return unknown.length ? [...rows, unknownRow(unknown, times, percents)] : rows;
}

function unknownRow(ids, times, percents) {
  const sum = (values) => ids.reduce((total, id) => total + values.get(id), 0);
  return {
    id: "",
    name: "",
    shown: UNKNOWN_VOICE,
    hue: 0,
    key: 0,
    ms: sum(times),
    percent: sum(percents),
    isUsed: true,
  };
}
