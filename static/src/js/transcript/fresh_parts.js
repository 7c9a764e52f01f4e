/** Put the server's fresh parts of the page in the place of the old ones, touching only what changed. */

import { keepingPlace } from "./keeping_place.js";

const regionOf = (root, name) => root.querySelector(`[data-region="${name}"]`);

/** `fresh` is the parsed answer of …/parts. Returns whether the player must be opened anew. */
export function takeFreshParts(page, fresh, scroller) {
  keepingPlace(scroller, () => {
    replaceIf(page, fresh, "notices", (old, next) => stateOf(old) !== stateOf(next));
    takeText(page, fresh);
  });
  replaceIf(page, fresh, "voices", (old, next) => !old.typing && voicesOf(old) !== voicesOf(next));
  takeMarks(page, regionOf(fresh, "marks"));
  replaceIf(page, fresh, "facts", (old, next) => old.textContent !== next.textContent);
  for (const name of ["export", "more"]) takeMenu(page, fresh, name);
  const isNewPlayer = dockOf(regionOf(page, "dock")) !== dockOf(regionOf(fresh, "dock"));
  if (isNewPlayer) for (const name of ["screen", "dock"]) replaceIf(page, fresh, name, () => true);
  return isNewPlayer;
}

/** Somebody who writes a note is not disturbed; the list is then taken the next time. */
export function takeMarks(page, next) {
  const old = regionOf(page, "marks");
  if (old && next && !old.typing && marksOf(old) !== marksOf(next)) old.replaceWith(next);
}

function replaceIf(page, fresh, name, differs) {
  const old = regionOf(page, name);
  const next = regionOf(fresh, name);
  if (old && next && differs(old, next)) old.replaceWith(next);
}

/** A menu that a person has open stays open, and keeps the focus. */
function takeMenu(page, fresh, name) {
  const old = regionOf(page, name);
  const next = regionOf(fresh, name);
  if (entriesOf(old) === entriesOf(next)) return;
  const hadFocus = old.contains(document.activeElement);
  next.firstElementChild.open = old.firstElementChild.open;
  old.replaceWith(next);
  if (hadFocus) next.querySelector("summary").focus();
}

/** The lines themselves come to the editor as steps; here is what stands around them. */
function takeText(page, fresh) {
  const old = regionOf(page, "text");
  const next = regionOf(fresh, "text");
  old.readings.takeFrom(next);
  const extras = (root) => [...root.querySelectorAll(":scope > .skeleton, :scope > .empty")];
  for (const extra of extras(old)) extra.remove();
  old.append(...extras(next));
  old.dataset.stage = next.dataset.stage;
}

/** Hidden CSRF fields differ in every answer, so states are compared and not HTML. */
const stateOf = (region) =>
  [region.dataset.stage, region.dataset.job, region.textContent.replaceAll(/\s+|\d+ %/g, " ")].join();

const entriesOf = (region) => region.textContent.replaceAll(/\s+/g, " ");

function voicesOf(region) {
  const rows = [...region.querySelectorAll("[data-speaker]")];
  const shares = rows.map((row) => [row.dataset.speaker, row.querySelector("progress").value]);
  const names = rows.map((row) => row.querySelector("input[name=name]")?.getAttribute("value") ?? "");
  return JSON.stringify([shares, names, region.textContent.replaceAll(/\s+/g, " ")]);
}

function marksOf(region) {
  const rows = [...region.querySelectorAll(".mark")];
  return JSON.stringify(rows.map((row) => [row.dataset.key, row.dataset.at, wordsOf(row)]));
}

function wordsOf(row) {
  const note = row.querySelector('[data-part="note"]');
  return [note.defaultValue ?? note.textContent, row.querySelector('[data-part="author"]').textContent];
}

function dockOf(dock) {
  const wave = dock.querySelector("vox-wave");
  return JSON.stringify([
    dock.dataset.playable,
    dock.dataset.durationMs,
    wave?.dataset.peaks,
    wave?.dataset.fine,
  ]);
}
