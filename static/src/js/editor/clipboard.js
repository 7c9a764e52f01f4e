/** Copy, cut, paste and drag: structure, speakers and times go along. */

import { Plugin, Selection } from "prosemirror-state";
import { insertPieces } from "./commands/insert_pieces.js";
import { removeStretch } from "./commands/join.js";
import { asHtml, asText, piecesBetween } from "./copied.js";
import { linesOf, piecesIn } from "./pasted.js";

export function clipboardPlugin(editor) {
  let isPlain = false;
  return new Plugin({
    props: {
      handleDOMEvents: {
        copy: (view, event) => copy(editor, view, event),
        cut: (view, event) => cut(editor, view, event),
        paste: (view, event) => paste(editor, view, event, isPlain),
        dragstart: (view, event) => drag(editor, view, event),
        drop: (view, event) => drop(editor, view, event),
        keydown: (_view, event) => {
          isPlain = event.shiftKey;
          return false;
        },
      },
    },
  });
}

function copy(editor, view, event) {
  if (!write(editor, view, event.clipboardData)) return false;
  event.preventDefault();
  return true;
}

function cut(editor, view, event) {
  if (!copy(editor, view, event)) return false;
  const { from, to } = view.state.selection;
  if (view.editable) view.dispatch(removeStretch(view.state.tr, from, to).scrollIntoView());
  return true;
}

/** What is selected goes into a DataTransfer; false where nothing is. */
function write(editor, view, transfer) {
  const { from, to, empty } = view.state.selection;
  if (empty || !transfer) return false;
  const pieces = piecesBetween(view.state.doc, from, to);
  transfer.setData("text/plain", asText(pieces));
  transfer.setData("text/html", asHtml(pieces, editor.code));
  return true;
}

function paste(editor, view, event, isPlain) {
  if (!event.clipboardData) return false;
  event.preventDefault();
  if (!view.editable) return true;
  const { clipboardData } = event;
  const pieces = isPlain
    ? linesOf(clipboardData.getData("text/plain"))
    : piecesIn(clipboardData, editor.code);
  const { tr } = view.state;
  if (insertPieces(tr, pieces, editor)) view.dispatch(tr.scrollIntoView().setMeta("paste", true));
  return true;
}

/** ProseMirror still keeps what is dragged; only what other programs get is ours. */
function drag(editor, view, event) {
  const { from, to, empty } = view.state.selection;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (empty || !at || at.pos < from || at.pos > to || !write(editor, view, event.dataTransfer)) return false;
  event.dataTransfer.effectAllowed = "copyMove";
  editor.dragged = { from, to };
  view.dom.addEventListener("dragend", () => forget(editor), { once: true });
  return true;
}

/** `drop` comes before `dragend`. */
function forget(editor) {
  editor.dragged = null;
}

function drop(editor, view, event) {
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!view.editable || !at || !event.dataTransfer) return false;
  event.preventDefault();
  const pieces = piecesIn(event.dataTransfer, editor.code);
  const { dragged } = editor;
  if (dragged && at.pos >= dragged.from && at.pos <= dragged.to) return true;
  const { tr } = view.state;
  dropAt(tr, at.pos, dragged && !isCopy(event) ? dragged : null);
  if (insertPieces(tr, pieces, editor)) view.dispatch(tr.scrollIntoView());
  view.focus();
  return true;
}

const isCopy = ({ ctrlKey, altKey }) => ctrlKey || altKey;

/** Put the caret where it was dropped; what is moved goes from where it was. */
function dropAt(tr, pos, moved) {
  if (moved) removeStretch(tr, moved.from, moved.to);
  const $pos = tr.doc.resolve(tr.mapping.map(pos));
  tr.setSelection(Selection.near($pos));
}
