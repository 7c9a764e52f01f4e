/** Where somebody was writing, per transcript, in this browser. */

import { TextSelection } from "prosemirror-state";
import { remember, remembered } from "../lib/remember.js";
import { posOfSegment, segmentAt } from "./segments.js";

const FORM = /^([\w-]{1,16}):(\d{1,5})$/;

export class CaretPlace {
  constructor(code, { read = remembered, write = remember } = {}) {
    Object.assign(this, { key: `voxweb:caret:${code}`, read, write });
  }

  keep({ doc, selection }) {
    const place = segmentAt(doc, selection.head);
    if (place) this.write(this.key, `${place.node.attrs.id}:${Math.max(0, selection.head - place.pos - 1)}`);
  }

  /** The selection of the last visit as far as its text is still there, or null. */
  selectionIn(doc) {
    const [, id, offset] = FORM.exec(this.read(this.key) ?? "") ?? [];
    const pos = id ? posOfSegment(doc, id) : -1;
    if (pos < 0) return null;
    return TextSelection.create(doc, pos + 1 + Math.min(Number(offset), doc.nodeAt(pos).content.size));
  }
}
