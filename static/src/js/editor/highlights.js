/**
 * Paints stretches of the text without touching the document (CSS Custom Highlight API).
 *
 * A stretch is `{id, from, to}`: places inside the segment `id`. Stretches move along while people type, until
 * their owner gives new ones. Only groups near the window have ranges: thousands of them would make typing slow.
 */

import { posOfSegment } from "./segments.js";

const NEAR = "100% 0%";

export class Highlights {
  /** name -> id -> [{id, from, to}, …] */
  #stretches = new Map();
  #painted = new Map();
  #near = new Set();
  #watcher;

  constructor(editor, scroller, highlights = globalThis.CSS?.highlights) {
    Object.assign(this, { editor, highlights });
    this.#watcher = new IntersectionObserver((entries) => this.#seen(entries), {
      root: scroller,
      rootMargin: NEAR,
    });
    this.watchGroups();
  }

  disconnect() {
    this.#watcher.disconnect();
    for (const name of this.#painted.keys()) this.highlights?.delete(name);
  }

  /** Paint these, and nothing else, under `name`. An empty list takes the colour away. */
  show(name, stretches) {
    const byId = new Map();
    for (const stretch of stretches) byId.set(stretch.id, [...(byId.get(stretch.id) ?? []), stretch]);
    this.#stretches.set(name, byId);
    this.#paint(name);
  }

  /** Groups come and go with the text. */
  watchGroups() {
    for (const group of this.#near) if (!group.isConnected) this.#near.delete(group);
    for (const group of this.editor.view.dom.querySelectorAll(":scope > .lines"))
      this.#watcher.observe(group);
  }

  /** The document has changed: move the stretches of the segments `ids`, and paint what is on the page now. */
  follow(mapping, before, ids) {
    for (const byId of this.#stretches.values()) {
      for (const id of ids) if (byId.has(id)) this.#move(byId, id, mapping, before);
    }
    this.#paintAll();
  }

  #move(byId, id, mapping, before) {
    const was = posOfSegment(before, id) + 1;
    const now = posOfSegment(this.editor.doc, id) + 1;
    if (!was || !now) return;
    const moved = byId.get(id).map(({ from, to }) => ({
      id,
      from: mapping.map(was + from, 1) - now,
      to: mapping.map(was + to, -1) - now,
    }));
    byId.set(
      id,
      moved.filter(({ from, to }) => from >= 0 && from < to),
    );
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
    }
    this.#paintAll();
  }

  #paintAll() {
    for (const name of this.#stretches.keys()) this.#paint(name);
  }

  #paint(name) {
    if (!this.highlights) return;
    const byId = this.#stretches.get(name);
    if (!byId.size) {
      if (this.#painted.delete(name)) this.highlights.delete(name);
      return;
    }
    const painted = this.#painted.get(name) ?? new Highlight();
    painted.clear();
    for (const group of this.#near) this.#paintGroup(group, byId, painted);
    if (!this.#painted.has(name)) this.highlights.set(name, painted);
    this.#painted.set(name, painted);
  }

  #paintGroup(group, byId, painted) {
    for (const { id: domId } of group.children) {
      for (const { id, from, to } of byId.get(domId.slice(2)) ?? []) {
        const range = this.editor.rangeOf(id, from, to);
        if (range) painted.add(range);
      }
    }
  }
}
