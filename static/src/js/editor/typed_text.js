/** What somebody typed, read from steps alone: for texts that can no longer be saved as steps. */

/** Stands for the border of a segment, or of anything else that is no text. */
const BORDER = "\n";

/** The pieces of text that are left of what `steps` inserted, in the order of the text. */
export function typedText(steps) {
  let pieces = [];
  for (const step of steps) pieces = afterStep(pieces, step);
  return pieces.map(({ text }) => readable(text)).filter(Boolean);
}

/** Pieces are `{from, text}` with one character for each position. */
function afterStep(pieces, step) {
  if (!step.slice || step.gapFrom !== undefined) return pieces.map((piece) => moved(piece, step.getMap()));
  const { from, to, slice } = step;
  const typed = tokensOf(slice.content).slice(slice.openStart, slice.openStart + slice.size);
  return joined(
    pieces.flatMap((piece) => aroundCut(piece, from, to, typed.length)),
    { from, text: typed },
  );
}

function moved(piece, map) {
  return { ...piece, from: map.map(piece.from, 1) };
}

/** What is left of a piece before and behind the positions that were replaced. */
function aroundCut({ from: start, text }, from, to, inserted) {
  const end = start + text.length;
  const before = text.slice(0, Math.max(0, Math.min(text.length, from - start)));
  const behind = text.slice(Math.max(0, Math.min(text.length, to - start)));
  const behindAt = Math.max(to, end - behind.length) + from + inserted - to;
  const parts = [
    { from: start, text: before },
    { from: behindAt, text: behind },
  ];
  return parts.filter((part) => part.text);
}

/** What touches becomes one piece. */
function joined(pieces, typed) {
  const all = [...pieces, typed].filter(({ text }) => text).sort((a, b) => a.from - b.from);
  const out = [];
  for (const piece of all) {
    const last = out.at(-1);
    if (last && last.from + last.text.length === piece.from) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}

function tokensOf(fragment) {
  let tokens = "";
  fragment.forEach((node) => {
    if (node.isText) tokens += node.text;
    else tokens += node.isLeaf ? BORDER : BORDER + tokensOf(node.content) + BORDER;
  });
  return tokens;
}

function readable(text) {
  return text
    .split(/\n+/)
    .filter((line) => line.trim())
    .join("\n");
}
