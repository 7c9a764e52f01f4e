/** How the text meets the person: clicks, typing over a selection, what screen readers hear; and who is told of changes. */

import { Plugin, PluginKey } from "prosemirror-state";
import { isRemote } from "./collab.js";
import { typeOver } from "./commands/type_over.js";
import { changedSpan, idsBetween } from "./segments.js";

export function surfacePlugin(editor) {
  const key = new PluginKey("surface");
  return new Plugin({
    key,
    // Whether the latest change was made here.
    state: { init: () => false, apply: (tr, was) => (tr.docChanged ? !isRemote(tr) : was) },
    props: {
      attributes: () => attributesOf(editor),
      handleTextInput: typeOver,
      handleClick: (_view, pos, event) => {
        if (!event.shiftKey && !event.metaKey && !event.ctrlKey) editor.clicked(pos, event);
        return false;
      },
      scrollMargin: edges(editor, { top: 24, bottom: 72 }),
      scrollThreshold: edges(editor, { top: 16, bottom: 48 }),
    },
    view: () => ({
      update: (view, before) => {
        const { doc } = view.state;
        if (before.doc !== doc) editor.documentChanged(summaryOf(before.doc, doc, key.getState(view.state)));
        else if (!before.selection.eq(view.state.selection)) editor.caretMoved();
      },
    }),
  });
}

/** How near the caret may come to the edges of the window; the bar of doubtful spots covers some of it. */
function edges(editor, { top, bottom }) {
  return {
    get top() {
      // Found at once, since it stands before the text; looking for one that is on would search all of it at every key.
      return top + coveredBy(editor.page.querySelector("vox-doubts"), editor.scroller);
    },
    bottom,
    left: 0,
    right: 0,
  };
}

function coveredBy(bar, scroller) {
  if (!bar?.hasAttribute("data-on")) return 0;
  return Math.max(0, bar.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top);
}

/** `span` as `changedSpan` gives it, `ids` of the segments in it as they are and as they were. */
function summaryOf(before, doc, isOwn) {
  const span = changedSpan(before, doc) ?? { from: 0, to: 0, was: 0 };
  const ids = new Set([...idsBetween(doc, span.from, span.to), ...idsBetween(before, span.from, span.was)]);
  return { before, span, ids, isOwn };
}

function attributesOf(editor) {
  if (!editor.canEdit) return { class: "writing" };
  return {
    class: "writing",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": "Text of the transcript",
    "aria-describedby": "editor-help",
    spellcheck: "true",
    autocapitalize: "sentences",
    translate: "no",
  };
}
