/** Run `change` and keep the first visible line where it stands in the window; its element may be another one then. */
export function keepingPlace(scroller, change) {
  const anchor = firstVisible(scroller);
  const before = anchor?.getBoundingClientRect().top;
  change();
  const after = anchor && (anchor.isConnected ? anchor : scroller.ownerDocument.getElementById(anchor.id));
  if (after) scroller.scrollTop += after.getBoundingClientRect().top - before;
}

/** Groups first: asking every line of ten hours where it stands would make all of them be laid out. */
function firstVisible(scroller) {
  const { top } = scroller.getBoundingClientRect();
  if (!scroller.scrollTop) return null;
  const isBelow = (element) => element.getBoundingClientRect().bottom > top;
  const group = [...scroller.querySelectorAll(".lines")].find(isBelow);
  return group ? ([...group.children].find(isBelow) ?? null) : null;
}
