/** What a page missed of a take: the transcript as REST gives it, as the messages the page would have had. */

/** Finals `{key, start_ms, end_ms, text, speaker, hue}` of a transcript's segments. */
export function finalsOf({ segments, speakers }) {
  const voices = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  return segments.map(({ id, start_ms, end_ms, text, speaker }) => {
    const voice = voices.get(speaker);
    return { key: id, start_ms, end_ms, text, speaker: voice?.display_name ?? "", hue: voice?.colour ?? 0 };
  });
}
