/** Random things that people do in a text, near the same places, so that they get into each other's way. */

import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { redo, undo } from "../../../../static/src/js/editor/undo.js";
import { joinOfGroups } from "./authority.js";
import { tokenOf } from "./ledger.js";

const WORDS = ["we", "walked", "to", "the", "harbour", "before", "boats", "came", "in"];

/** Numbers in 0..1 that are the same each time. */
export function diceOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws what a page does next. Each inserted text has one character that nothing else has. */
export class Moves {
  spot = 0.5;
  #full = null;
  #tokens = 0;
  #ids = 0;

  constructor(random) {
    this.random = random;
    this.kinds = [
      [40, (page) => this.#type(page)],
      [14, (page) => this.#deleteSome(page, 6)],
      [4, (page) => this.#deleteSome(page, 60)],
      [3, (page) => this.#deleteSegment(page)],
      [9, (page) => this.#split(page)],
      [7, (page) => this.#join(page)],
      [5, (page) => this.#attributes(page)],
      [4, (page) => this.#voice(page)],
      [5, (page) => this.#replace(page)],
      [3, (page) => this.#paste(page)],
      [6, (page) => page.run(undo)],
      [3, (page) => page.run(redo)],
    ];
  }

  /** A text that has become short is written in: otherwise it would end with nothing to work on. */
  make(page) {
    const { length } = page.state.doc.textContent;
    this.#full ??= length;
    if (length < this.#full && this.random() < 0.4) return this.#write(page);
    if (this.random() < 0.02) this.spot = this.random();
    let draw = this.random() * this.kinds.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, move] of this.kinds) {
      draw -= weight;
      if (draw < 0) return move(page);
    }
    return undefined;
  }

  #pick(count) {
    return Math.floor(this.random() * count);
  }

  #token() {
    this.#tokens += 1;
    return tokenOf(this.#tokens);
  }

  #id() {
    this.#ids += 1;
    return `new${this.#ids}`;
  }

  /** A place in some segment, more often than not near where everybody works. */
  #place(doc) {
    const segments = [];
    doc.descendants((node, at) => {
      if (node.isTextblock) segments.push({ node, at });
      return !node.isTextblock;
    });
    const wanted = this.random() < 0.55 ? this.spot : this.random();
    const { node, at } = segments[Math.min(segments.length - 1, Math.floor(wanted * segments.length))] ?? {};
    return node ? { node, at, pos: at + 1 + this.#pick(node.content.size + 1) } : null;
  }

  #at(page, change) {
    const place = this.#place(page.state.doc);
    if (place) page.edit((tr, doc) => change(tr, place, doc));
  }

  #write(page) {
    this.#at(page, (tr, { pos }) => {
      const words = Array.from({ length: 1 + this.#pick(5) }, () => WORDS[this.#pick(WORDS.length)]);
      tr.insertText(` ${words.join(" ")} `, pos);
      if (this.random() < 0.5)
        tr.split(pos + 1, 1, [{ type: schema.nodes.segment, attrs: { id: this.#id() } }]);
      return tr;
    });
  }

  #type(page) {
    this.#at(page, (tr, { pos }) => tr.insertText(this.#token(), pos));
  }

  #deleteSome(page, most) {
    this.#at(page, (tr, { pos }, doc) => {
      const end = Math.min(pos + 1 + this.#pick(most), doc.content.size - 1);
      return tr.delete(pos, Math.max(pos, end));
    });
  }

  #deleteSegment(page) {
    this.#at(page, (tr, { node, at }, doc) => {
      const group = doc.resolve(at).parent;
      const from = group.childCount > 1 ? at : doc.resolve(at).before();
      return tr.delete(from, from + (group.childCount > 1 ? node : group).nodeSize);
    });
  }

  #split(page) {
    this.#at(page, (tr, { node, pos }) => {
      const attrs = { ...node.attrs, id: this.#id() };
      tr.split(pos, 1, [{ type: schema.nodes.segment, attrs }]);
      return tr.setNodeAttribute(pos + 1, "start_ms", node.attrs.start_ms + 1);
    });
  }

  #join(page) {
    this.#at(page, (tr, { at }, doc) => {
      const { parent, nodeBefore } = {
        parent: doc.resolve(at).parent,
        nodeBefore: doc.resolve(at).nodeBefore,
      };
      if (nodeBefore) return tr.join(at);
      const border = doc.resolve(at).before();
      return doc.resolve(border).nodeBefore?.type === parent.type ? tr.step(joinOfGroups(border)) : tr;
    });
  }

  #attributes(page) {
    this.#at(page, (tr, { at }) => {
      const ms = this.#pick(100_000);
      tr.setNodeAttribute(at, "start_ms", ms).setNodeAttribute(at, "held", true);
      return tr.setNodeAttribute(at, "speaker", `speaker_${1 + this.#pick(3)}`);
    });
  }

  #voice(page) {
    page.edit((tr, doc) => {
      const cast = doc.firstChild;
      if (cast.childCount < 4)
        return tr.insert(cast.nodeSize - 1, schema.nodes.voice.create({ id: this.#id() }));
      return tr.setNodeAttribute(1 + this.#pick(cast.childCount), "name", this.#id());
    });
  }

  #replace(page) {
    this.#at(page, (tr, { pos, node, at }) => {
      const end = Math.min(pos + this.#pick(12), at + 1 + node.content.size);
      return tr.replaceWith(pos, Math.max(pos, end), schema.text(this.#token()));
    });
  }

  #paste(page) {
    const lines = [0, 1, 2].map(() =>
      schema.nodes.segment.create({ id: this.#id() }, schema.text(this.#token())),
    );
    this.#at(page, (tr, { pos }) => {
      tr.setSelection(TextSelection.create(tr.doc, pos));
      return tr.replace(pos, pos, new Slice(Fragment.from(lines), 1, 1));
    });
  }
}
