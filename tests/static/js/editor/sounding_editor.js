/** What commands for the sound need of an editor, over a real document and a real player. */

import { Player } from "../../../../static/src/js/audio/player.js";
import { posOfSegment, segmentAt } from "../../../../static/src/js/editor/segments.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";
import { Lines } from "../../../../static/src/js/transcript/lines.js";
import { QuietMedia } from "../audio/doubles.js";

globalThis.requestAnimationFrame ??= () => {};

const SECONDS = 60;

/** `{editor, media, player}`; `focus` is whether the caret is in the text. */
export function soundingEditor(state, { focus = true, canEdit = true } = {}) {
  const media = new QuietMedia(SECONDS);
  const player = new Player(media, SECONDS * 1000, new Scope());
  const view = {
    state,
    hasFocus: () => editor.focus,
    dispatch: (tr) => {
      view.state = view.state.apply(tr);
    },
  };
  const editor = {
    view,
    player,
    canEdit,
    focus,
    page: { dock: { isAskedFromText: false }, run: () => false },
    words: { tableOf: () => null },
    get doc() {
      return view.state.doc;
    },
    get lines() {
      return linesOf(view.state.doc);
    },
    segmentAt: (pos) => segmentAt(view.state.doc, pos),
    posOf: (id) => posOfSegment(view.state.doc, id),
    playFrom: (ms) => {
      player.seek(ms);
      player.play();
      return true;
    },
    momentOf: (pos) => segmentAt(view.state.doc, pos)?.node.attrs.start_ms ?? null,
  };
  return { editor, media, player };
}

function linesOf(doc) {
  const lines = [];
  doc.descendants(({ type, attrs }) => {
    if (type.name === "segment") lines.push({ key: attrs.id, startMs: attrs.start_ms, endMs: attrs.end_ms });
    return type.name !== "segment";
  });
  return new Lines(lines);
}

/** Put the caret into a segment, or select from it to the end of another one. */
export function caretIn(editor, id, lastId = null) {
  const { doc, tr, selection } = editor.view.state;
  const from = editor.posOf(id) + 1;
  const last = lastId && editor.posOf(lastId);
  const to = lastId ? last + doc.nodeAt(last).nodeSize - 1 : from;
  editor.view.dispatch(tr.setSelection(selection.constructor.create(doc, from, to)));
}
