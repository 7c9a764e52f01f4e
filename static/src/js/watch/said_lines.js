/** Lines of text in a page, read back as the messages that would have brought them. */

/** A line of the caption view: everything stands in its data. */
export function finalOf({ dataset, textContent }) {
  const { key, start, end, hue, speaker = "" } = dataset;
  return {
    key,
    start_ms: Number(start),
    end_ms: Number(end),
    text: textContent.trim(),
    speaker,
    hue: Number(hue),
  };
}

/** Lines of the transcript, where a name stands only at the beginning of a turn; `before` spoke before them. */
export function finalsOf(lines, before = "") {
  let speaker = before;
  return lines.map((line) => {
    const name = line.querySelector(".name");
    // Without an id nobody knows who it was, and captions then show no name.
    if (name) speaker = name.dataset.speaker ? name.textContent : "";
    return {
      key: line.id.slice(2),
      start_ms: Number(line.dataset.start),
      end_ms: Number(line.dataset.end),
      text: line.querySelector("p").textContent,
      speaker,
      hue: Number(/hue-(\d)/.exec(line.className)?.[1] ?? 0),
    };
  });
}
