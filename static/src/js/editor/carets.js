/** Shows the carets of others in the text, with their names. */

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

const key = new PluginKey("carets");

/** `presence` is asked for carets. */
export function caretsPlugin(presence) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, shown, _before, after) => {
        presence.moved(tr, after);
        if (tr.getMeta(key)) return decorations(presence.carets, after.doc);
        return tr.docChanged && shown !== DecorationSet.empty
          ? decorations(presence.carets, after.doc)
          : shown;
      },
    },
    props: {
      decorations: (state) => key.getState(state),
    },
  });
}

/** Mark a transaction: the carets are to be drawn anew. */
export function redrawCarets(tr) {
  return tr.setMeta(key, true).setMeta("addToHistory", false);
}

function decorations(carets, doc) {
  const shown = carets.filter(({ at }) => isInText(doc, at));
  if (!shown.length) return DecorationSet.empty;
  return DecorationSet.create(doc, shown.map(widget));
}

function isInText(doc, at) {
  return at <= doc.content.size && doc.resolve(at).parent.isTextblock;
}

/** The same key keeps the same element, so that nothing is drawn anew while somebody only types. */
function widget({ client, name, hue, at }) {
  return Decoration.widget(at, () => caret(name, hue), {
    key: `${client}:${name}`,
    side: 1,
    ignoreSelection: true,
  });
}

function caret(name, hue) {
  const mark = Object.assign(document.createElement("span"), { className: `other-caret hue-${hue || 1}` });
  mark.setAttribute("aria-hidden", "true");
  mark.dataset.name = name;
  return mark;
}
