/** One row of the list of speakers is dragged onto another: the two are one person. */

const KIND = "application/x-voxweb-voice";

/** `onto(id, into)` is called for each drop; rows carry `data-voice`, and their grip is draggable. */
export function watchDrags(list, scope, onto) {
  const rowOf = (event) => event.target.closest?.("[data-voice]:not([data-voice=''])");
  let dragged = null;
  let over = null;
  const point = (row) => {
    over?.classList.remove("drop-onto");
    over = row;
    over?.classList.add("drop-onto");
  };
  scope.listen(list, "dragstart", (event) => {
    dragged = event.target.closest?.("[draggable]") ? rowOf(event) : null;
    if (!dragged) return;
    event.dataTransfer.setData(KIND, dragged.dataset.voice);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 12, 12);
  });
  scope.listen(list, "dragover", (event) => {
    const row = rowOf(event);
    const isTarget = dragged && row && row !== dragged;
    point(isTarget ? row : null);
    if (isTarget) event.preventDefault();
  });
  scope.listen(list, "drop", (event) => {
    const row = rowOf(event);
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    onto(dragged.dataset.voice, row.dataset.voice);
  });
  scope.listen(list, "dragleave", (event) => list.contains(event.relatedTarget) || point(null));
  scope.listen(list, "dragend", () => {
    dragged = null;
    point(null);
  });
}
