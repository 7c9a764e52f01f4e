/** The stretch of time whose text can be seen, as `{fromMs, toMs}`, from the groups that touch the window. */
export function visibleSpan(editor) {
  const { top, bottom } = editor.scroller.getBoundingClientRect();
  const moments = [];
  for (const group of editor.view.dom.querySelectorAll(":scope > .lines")) {
    const box = group.getBoundingClientRect();
    if (box.bottom < top || box.top > bottom) continue;
    for (const { dataset } of group.children) moments.push(Number(dataset.start), Number(dataset.end));
  }
  const known = moments.filter(Number.isFinite);
  return known.length ? { fromMs: Math.min(...known), toMs: Math.max(...known) } : { fromMs: 0, toMs: 0 };
}
