/** What was pasted, as pieces: our own with speaker and times, foreign text as lines. */

import { cleanText, LONGEST_SEGMENT } from "./text_rules.js";

const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/;
/** Parsed only to be thrown away, and the page's rules forbid even that. */
const UNSEEN = /<(style|script|template|title)\b[\s\S]*?<\/\1\s*>|\sstyle\s*=\s*("[^"]*"|'[^']*')/gi;
const PARAGRAPHS = "p, div, li, br, tr, h1, h2, h3, h4, h5, h6, blockquote, pre";

/** The pieces in a DataTransfer; [] where it holds no text. `code` is the transcript they are pasted into. */
export function piecesIn(transfer, code) {
  const html = transfer.getData("text/html");
  const own = html.includes("data-voxweb") ? ownPieces(html, code) : null;
  if (own) return own;
  return linesOf(transfer.getData("text/plain") || textOfHtml(html));
}

/** Only text: for Shift+Mod+V, and for what other programs bring. */
export function linesOf(text) {
  const lines = text.split(LINE_BREAKS).map(cleanText);
  const kept = lines.length > 1 ? lines.map((line) => line.trim()).filter(Boolean) : lines.filter(Boolean);
  return kept.flatMap(cut).map((line) => ({ text: line, isWhole: kept.length > 1 }));
}

/** Pieces that a segment can hold, parted between words where there are any. */
function cut(line) {
  const parts = [];
  let rest = line;
  while (rest.length > LONGEST_SEGMENT) {
    const space = rest.lastIndexOf(" ", LONGEST_SEGMENT);
    const at = space > LONGEST_SEGMENT / 2 ? space : wholeCharacters(rest, LONGEST_SEGMENT);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest];
}

/** Never between the two halves of an emoji. */
function wholeCharacters(text, at) {
  return text.codePointAt(at - 1) > 0xffff ? at - 1 : at;
}

function ownPieces(html, code) {
  const page = parsed(html);
  try {
    const copied = JSON.parse(page.querySelector("[data-voxweb]").dataset.voxweb);
    return copied.pieces.flatMap((piece) => ownPiece(piece, copied.code === code));
  } catch {
    return null;
  }
}

/** Times mean something in their own recording only; who a voice is, its name says elsewhere. */
function ownPiece({ text, name, speaker, start_ms: startMs, end_ms: endMs, isWhole }, isHere) {
  const times = isHere ? { start_ms: whole(startMs), end_ms: whole(endMs) } : {};
  const [first, ...more] = cut(cleanText(String(text)));
  const own = { name: cleanText(String(name)), speaker: isHere ? String(speaker) : null, ...times };
  return [
    { ...own, text: first, isWhole: Boolean(isWhole) },
    ...more.map((rest) => ({ ...own, text: rest, isWhole: true })),
  ];
}

const whole = (ms) => Math.max(0, Math.round(Number(ms) || 0));

function textOfHtml(html) {
  if (!html) return "";
  const { body } = parsed(html);
  for (const block of body.querySelectorAll(PARAGRAPHS)) block.after("\n");
  return body.textContent;
}

const parsed = (html) => new DOMParser().parseFromString(html.replaceAll(UNSEEN, ""), "text/html");
