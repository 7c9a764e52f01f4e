/** What the server does with steps that came second and touch nothing that others touched: it puts them behind. */

import { AttrStep, Mapping, ReplaceStep, Step } from "prosemirror-transform";
import { schema } from "../../../../static/src/js/editor/schema.js";

/** `steps` on top of `behind`, or null where they touch the same place. All of them are JSON. */
export function movedSteps(steps, behind) {
  const mine = touchedBy(steps);
  const theirs = touchedBy(behind);
  if (!mine || !theirs || mine.some((one) => theirs.some((other) => meet(one, other)))) return null;
  return steps.map((step, index) => {
    const before = theirs.filter(({ last }) => last < mine[index].first);
    return shifted(
      step,
      before.reduce((sum, { growth }) => sum + growth, 0),
    );
  });
}

function meet(one, other) {
  return one.first <= other.last && other.first <= one.last;
}

/** `{first, last, growth}` of each step, in positions before the first of them. */
function touchedBy(steps) {
  const back = [];
  const found = [];
  for (const json of steps) {
    const step = Step.fromJSON(schema, json);
    const isAttribute = step instanceof AttrStep;
    if (!isAttribute && !(step instanceof ReplaceStep)) return null;
    const [from, to] = isAttribute ? [step.pos, step.pos + 1] : [step.from, step.to];
    const before = new Mapping(back.toReversed());
    const growth = isAttribute ? 0 : step.slice.size - (to - from);
    found.push({ first: before.map(from, -1), last: before.map(to, 1), growth });
    back.push(step.getMap().invert());
  }
  return found;
}

function shifted(step, by) {
  const places = ["from", "to", "pos"].filter((name) => name in step);
  return { ...step, ...Object.fromEntries(places.map((name) => [name, step[name] + by])) };
}
