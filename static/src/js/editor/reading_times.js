/** The times in the margin: a click plays from there; for readers they are one tab stop that arrows walk through. */

export function listenForTimes(editor, scope) {
  scope.listen(editor, "click", (event) => open(editor, event));
  scope.listen(editor, "keydown", (event) => walk(editor, event));
}

/** One of them can be reached with Tab; who writes has the caret for that. */
export function showTabStop(editor) {
  const stop = editor.querySelector('a.time[tabindex="0"]');
  if (editor.canEdit) stop?.setAttribute("tabindex", "-1");
  else if (!stop) editor.querySelector("a.time")?.setAttribute("tabindex", "0");
}

function open(editor, event) {
  const link = event.target.closest(".seg a.time");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (editor.playFrom(Number(link.closest(".seg").dataset.start))) event.preventDefault();
}

function walk(editor, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches("a.time")) return;
  event.preventDefault();
  const times = [...editor.querySelectorAll("a.time")];
  const next = times[times.indexOf(event.target) + step];
  if (!next) return;
  event.target.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
