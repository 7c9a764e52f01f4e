/** From positions of the document to words, moments and the page, and back. */

import { lastAtOrBefore, wordAtOffset } from "../transcript/words.js";
import { lineOf } from "./lines_of.js";
import { posOfSegment, segmentAt } from "./segments.js";

/** `{node, pos, line, offset}`: the segment at a position and the place inside its text; null without text. */
export function placeAt(editor, pos) {
  const place = segmentAt(editor.doc, pos);
  if (!place) return null;
  const offset = Math.min(Math.max(0, pos - place.pos - 1), place.node.content.size);
  return { ...place, line: lineOf(place.node, editor), offset };
}

/** The word at a position: `{id, from, to, startMs, endMs, text}`, places inside the segment; null where none is known. */
export function wordAt(editor, pos) {
  const place = placeAt(editor, pos);
  const table = place && editor.words.tableOf(place.line);
  const word = table ? wordAtOffset(table, place.offset) : -1;
  if (word < 0) return null;
  const [from, to] = [table.froms[word], table.tos[word]];
  const text = place.line.text.slice(from, to);
  return { id: place.line.key, from, to, startMs: table.starts[word], endMs: table.ends[word], text };
}

/** The position in front of the word that sounds at `ms`, or of its segment; null without text. */
export function posOfMoment(editor, ms) {
  const line = editor.lines.at(ms) ?? editor.lines.inTime[0];
  if (!line) return null;
  const table = editor.words.tableOf(line);
  const word = table ? lastAtOrBefore(table.starts, ms) : -1;
  return posOfSegment(editor.doc, line.key) + 1 + (word < 0 ? 0 : table.froms[word]);
}

/** The DOM Range of a stretch inside a segment, or null while it is not on the page. */
export function rangeOf(editor, id, from, to) {
  const paragraph = editor.segmentViews.get(id)?.contentDOM;
  if (!paragraph) return null;
  const range = document.createRange();
  const start = textPlace(paragraph, from);
  const end = textPlace(paragraph, to);
  if (!start || !end) return null;
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/** A browser may part the text of a paragraph while somebody composes in it. */
function textPlace(paragraph, offset) {
  let rest = offset;
  for (const node of textNodes(paragraph)) {
    if (rest <= node.length) return { node, offset: rest };
    rest -= node.length;
  }
  return null;
}

function textNodes(paragraph) {
  const { firstChild } = paragraph;
  if (firstChild?.nodeType === Node.TEXT_NODE && firstChild === paragraph.lastChild) return [firstChild];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}
