/** Remembers what others wrote while this page is open, so that undoing leaves it alone. */

import { Plugin, PluginKey } from "prosemirror-state";
import { AttrStep } from "prosemirror-transform";
import { foreignSteps, isRemote } from "./collab.js";

const key = new PluginKey("othersText");

/** Moving so many stretches along costs nothing that could be felt; of more than that the oldest are forgotten. */
const MOST = 500;

export function othersText() {
  return new Plugin({
    key,
    state: {
      init: () => ({ stretches: [], attributes: new Set() }),
      apply: (tr, now) =>
        tr.docChanged ? { stretches: stretchesAfter(tr, now), attributes: attributesAfter(tr, now) } : now,
    },
  });
}

/** Stretches `{from, to}` of text, and attributes by `nameOf`, that others wrote last. */
export function writtenByOthers(state) {
  return key.getState(state);
}

/** How an attribute of the node at a position is called here. */
export function nameOf(doc, { pos, attr }) {
  return `${doc.nodeAt(pos)?.attrs.id}:${attr}`;
}

function stretchesAfter(tr, { stretches }) {
  const kept = stretches.map((stretch) => moved(stretch, tr.mapping)).filter(({ from, to }) => from < to);
  return [...kept, ...freshStretches(tr)].slice(-MOST);
}

function moved({ from, to }, mapping) {
  return { from: mapping.map(from, 1), to: mapping.map(to, -1) };
}

function freshStretches(tr) {
  const [first, end] = foreignSteps(tr);
  const fresh = [];
  for (let index = Math.max(first, end - MOST); index < end; index += 1) {
    if (!tr.steps[index].slice?.content.textBetween(0, tr.steps[index].slice.content.size)) continue;
    const rest = tr.mapping.slice(index + 1);
    tr.mapping.maps[index].forEach((_from, _to, from, to) => {
      fresh.push(moved({ from, to }, rest));
    });
  }
  return fresh.filter(({ from, to }) => from < to);
}

/** Who sets an attribute last owns it. */
function attributesAfter(tr, { attributes }) {
  if (!tr.steps.some((step) => step instanceof AttrStep)) return attributes;
  const [first, end] = foreignSteps(tr);
  const after = new Set(attributes);
  tr.steps.forEach((step, index) => {
    if (!(step instanceof AttrStep)) return;
    if (index >= first && index < end) after.add(nameOf(tr.docs[index], step));
    else if (!isRemote(tr)) after.delete(nameOf(tr.docs[index], step));
  });
  return after;
}
