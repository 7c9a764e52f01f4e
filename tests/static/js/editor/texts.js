/** Small texts for tests, written as lists of segments. */

import { history } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { collab } from "../../../../static/src/js/editor/collab.js";
import { guard } from "../../../../static/src/js/editor/guard.js";
import { othersText } from "../../../../static/src/js/editor/others_text.js";
import { schema } from "../../../../static/src/js/editor/schema.js";

/** Each argument is a group of texts; segments are called s0, s1, ... through all of them. */
export function docOf(...groups) {
  const { cast, voice, group, segment } = schema.nodes;
  let number = 0;
  const line = (text) => {
    const attrs = {
      id: `s${number}`,
      speaker: "speaker_1",
      start_ms: number * 1000,
      end_ms: number * 1000 + 900,
    };
    number += 1;
    return segment.create(attrs, text ? schema.text(text) : null);
  };
  const voices = cast.create(null, voice.create({ id: "speaker_1", name: "Ana" }));
  return schema.topNodeType.create(null, [
    voices,
    ...groups.map((texts) => group.create(null, texts.map(line))),
  ]);
}

export function stateOf(doc, { client = "me", version = 0, plugins = [] } = {}) {
  const ours = [history(), collab({ version, client }), guard(), othersText()];
  return EditorState.create({ doc, plugins: [...ours, ...plugins] });
}

/** All texts, with ¦ between segments and ‖ between groups. */
export function textOf(doc) {
  const groups = doc.children.slice(1);
  return groups.map((group) => group.children.map((segment) => segment.textContent).join("¦")).join("‖");
}

/** The position just before `needle`, which stands somewhere in one segment. */
export function find(doc, needle) {
  let found = -1;
  doc.descendants((node, at) => {
    const index = node.isTextblock ? node.textContent.indexOf(needle) : -1;
    if (index >= 0 && found < 0) found = at + 1 + index;
  });
  if (found < 0) throw new RangeError(`${needle} is not there`);
  return found;
}

/** Whatever holds a state as a view does. */
export class Desk {
  constructor(state) {
    this.state = state;
  }

  dispatch(tr) {
    this.state = this.state.apply(tr);
  }

  edit(change) {
    this.dispatch(change(this.state.tr, this.state.doc));
  }

  get text() {
    return textOf(this.state.doc);
  }
}
