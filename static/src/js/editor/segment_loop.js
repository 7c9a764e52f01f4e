/** Repeats the segment that is worked on, and goes along when somebody goes on to another one. */

import { segmentInMind, wordsIn } from "./segment_in_mind.js";
import { spanOfSegment, spanOfSelection } from "./sounding_span.js";

export class SegmentLoop {
  /** The segment that is repeated; null while a selection or nothing is. */
  #id = null;

  constructor(player, editor) {
    Object.assign(this, { player, editor });
  }

  /** Repeat what is selected, or this segment; or let go. Returns whether there was anything to repeat. */
  toggle() {
    if (this.player.looped) return this.#letGo();
    const selected = this.#selected();
    const segment = selected ? null : segmentInMind(this.editor);
    if (!selected && !segment) return false;
    if (selected) this.#repeat(null, selected);
    else this.#repeat(segment.node.attrs.id, spanOfSegment(segment.node));
    if (!this.player.playing) this.player.play();
    return true;
  }

  /** The caret or the text has moved. */
  follow() {
    if (!this.player.looped || this.#id === null) return;
    const segment = this.editor.view.hasFocus() ? segmentInMind(this.editor) : this.#segment();
    if (segment) this.#repeat(segment.node.attrs.id, spanOfSegment(segment.node));
    else this.#letGo();
  }

  #letGo() {
    this.#id = null;
    this.player.loop(null);
    return true;
  }

  #selected() {
    const { view } = this.editor;
    return view.hasFocus() ? spanOfSelection(view.state, wordsIn(this.editor)) : null;
  }

  #repeat(id, span) {
    this.#id = id;
    this.player.loop(span, (ms) => (id === null ? null : this.#at(ms)));
  }

  /** The segment at a moment; in a pause, the one behind it. */
  #at(ms) {
    const { lines } = this.editor;
    const line = lines.at(ms);
    const next = line && ms < line.endMs ? line : lines.beside(ms, 1);
    if (!next) return null;
    this.#id = next.key;
    return { fromMs: next.startMs, toMs: next.endMs };
  }

  #segment() {
    const pos = this.editor.posOf(this.#id);
    return pos < 0 ? null : { node: this.editor.doc.nodeAt(pos), pos };
  }
}
