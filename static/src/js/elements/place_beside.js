const EDGE = 12;

/**
 * Put an open popover below `anchor` (a DOMRect), above it where there is no room, and always inside the window;
 * with `isAtEnd` their right edges stand in line.
 */
export function placeBeside(popover, anchor, { gap = 6, isAtEnd = false } = {}) {
  const { offsetWidth, offsetHeight } = popover;
  const wanted = isAtEnd ? anchor.right - offsetWidth : anchor.left;
  const left = Math.max(EDGE, Math.min(wanted, innerWidth - offsetWidth - EDGE));
  const below = anchor.bottom + gap;
  const lowest = innerHeight - offsetHeight - EDGE;
  const top = below > lowest ? anchor.top - offsetHeight - gap : below;
  popover.style.setProperty("left", `${left}px`);
  popover.style.setProperty("top", `${Math.max(EDGE, Math.min(top, lowest))}px`);
}
