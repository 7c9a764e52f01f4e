import { TextSelection } from "prosemirror-state";
import { lineOf, linesOf } from "../editor/lines_of.js";
import { momentOfPlace, momentsBeside } from "../editor/moment_at.js";
import { placeAt, posOfMoment, rangeOf, wordAt } from "../editor/places.js";
import { posOfSegment, segmentAt } from "../editor/segments.js";
import { segmentsBetween } from "../editor/turns.js";
import { ServerElement } from "../lib/element.js";
import { Lines } from "../transcript/lines.js";

/** A text in a ProseMirror view whose places have moments and stand somewhere on the page. Needs `words`. */
export class PlacedText extends ServerElement {
  view = null;
  words = null;
  segmentViews = new Map();
  #lines = new Lines([]);
  #linesDoc = null;

  get doc() {
    return this.view.state.doc;
  }

  /** The text as `Lines`; empty until the document is here. */
  get lines() {
    if (this.view && this.#linesDoc !== this.doc) {
      this.#linesDoc = this.doc;
      this.#lines = linesOf(this.doc, this);
    }
    return this.#lines;
  }

  placeAt(pos) {
    return placeAt(this, pos);
  }

  wordAt(pos) {
    return wordAt(this, pos);
  }

  posOfMoment(ms) {
    return posOfMoment(this, ms);
  }

  rangeOf(id, from, to) {
    return rangeOf(this, id, from, to);
  }

  posOf(id) {
    return posOfSegment(this.doc, id);
  }

  segmentAt(pos) {
    return segmentAt(this.doc, pos);
  }

  /** `{node, pos}` of every segment that the selection touches. */
  selectedSegments() {
    const { from, to } = this.view.state.selection;
    return segmentsBetween(this.doc, from, to);
  }

  /** The moment of a position, as exact as the words are known. */
  momentOf(pos) {
    const place = this.placeAt(pos);
    return place ? momentOfPlace(this.words.tableOf(place.line), place.line, place.offset) : null;
  }

  /** When what stands before a place in a segment ends and what stands behind it begins. */
  momentsBeside(node, offset) {
    const line = lineOf(node, this);
    return momentsBeside(this.words.tableOf(line), line, offset);
  }

  /** Put the caret there, and show it. */
  select(from, to = from) {
    const selection = TextSelection.create(this.doc, from, to);
    this.view.dispatch(this.view.state.tr.setSelection(selection).scrollIntoView());
  }
}
