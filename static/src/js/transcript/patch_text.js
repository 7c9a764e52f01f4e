/** Put fresh text in the place of the old one without moving what somebody reads. */

/**
 * Both are elements that hold `.lines` groups of `.seg` lines with ids. Lines that did not change stay the
 * very same nodes, with their focus and their marks.
 */
export function patchText(current, fresh) {
  const known = new Map(linesOf(current).map((line) => [line.id, line]));
  const groups = groupsOf(current);
  const wanted = groupsOf(fresh);
  wanted.forEach((group, index) => {
    const target = groups[index] ?? insertGroup(current, groups[index - 1] ?? lastGroup(current), group);
    fill(
      target,
      [...group.children].map((line) => kept(known.get(line.id), line)),
    );
  });
  for (const surplus of groupsOf(current).slice(wanted.length)) surplus.remove();
}

const groupsOf = (root) => [...root.querySelectorAll(".lines")];
const linesOf = (root) => [...root.querySelectorAll(".lines > .seg")];
const lastGroup = (root) => groupsOf(root).at(-1) ?? null;

function insertGroup(current, before, group) {
  const empty = group.cloneNode(false);
  if (before) before.after(empty);
  else current.prepend(empty);
  return empty;
}

function kept(old, fresh) {
  return old && signature(old) === signature(fresh) ? old : fresh;
}

function signature(line) {
  const { start, end } = line.dataset;
  const hue = /hue-\d/.exec(line.className)?.[0];
  return [start, end, hue, line.classList.contains("turn"), line.textContent].join("\u0000");
}

function fill(group, lines) {
  const same =
    group.children.length === lines.length && lines.every((line, at) => group.children[at] === line);
  if (!same) group.replaceChildren(...lines);
}

/** Run `change` and keep the first visible line where it stands in the window. */
export function keepingPlace(scroller, change) {
  const top = scroller.getBoundingClientRect().top;
  const anchor = linesOf(scroller).find((line) => line.getBoundingClientRect().bottom > top);
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
}
