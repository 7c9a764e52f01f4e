/** Writing what is there already costs the browser a new look at its styles all the same: these write what is new. */

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setHidden(element, isHidden) {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}
