/** What of a document was copied: as text for other programs, and with speakers and times for our own. */

import { visitSegments } from "./segments.js";
import { castOf, voiceOfSegment } from "./turn_names.js";

/**
 * Pieces of the segments between two positions: `{text, id, name, speaker, start_ms, end_ms, isWhole}`.
 * `isWhole` is false for the first and the last one where only a part of them is selected.
 */
export function piecesBetween(doc, from, to) {
  const pieces = [];
  visitSegments(doc, from, to, (node, pos) => {
    if (pos >= to) return;
    const text = node.textContent;
    const start = Math.max(0, from - pos - 1);
    const end = Math.min(text.length, to - pos - 1);
    if (end < start || pos + node.nodeSize <= from) return;
    const { speaker, start_ms, end_ms } = node.attrs;
    const name = castOf(doc).has(speaker) ? voiceOfSegment(doc, node).shown : "";
    const isWhole = start === 0 && end === text.length;
    pieces.push({ text: text.slice(start, end), name, speaker, start_ms, end_ms, isWhole });
  });
  return pieces;
}

/** Inside one segment the bare words; else a paragraph for each turn, with the name in front. */
export function asText(pieces) {
  if (pieces.length === 1) return pieces[0].text;
  return turnsOf(pieces)
    .map(({ name, texts }) => (name ? `${name}: ` : "") + texts.join(" "))
    .join("\n\n");
}

/** The same as HTML, and beside it what a page of ours needs to paste it as it was. */
export function asHtml(pieces, code) {
  const box = document.implementation.createHTMLDocument("").createElement("div");
  box.dataset.voxweb = JSON.stringify({ code, pieces });
  for (const { name, texts } of turnsOf(pieces)) box.append(paragraph(box, name, texts, pieces.length > 1));
  return box.outerHTML;
}

function paragraph(box, name, texts, withName) {
  const made = box.ownerDocument.createElement("p");
  if (name && withName) {
    const bold = box.ownerDocument.createElement("b");
    bold.textContent = `${name}:`;
    made.append(bold, " ");
  }
  made.append(texts.join(" "));
  return made;
}

function turnsOf(pieces) {
  const turns = [];
  for (const { speaker, name, text } of pieces) {
    if (turns.at(-1)?.speaker === speaker) turns.at(-1).texts.push(text);
    else turns.push({ speaker, name, texts: [text] });
  }
  return turns;
}
