/**
 * Small choices kept in this browser. Storage may be full or forbidden; then nothing is remembered and
 * nothing breaks.
 */

export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Returns whether it was kept. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, String(value));
    return true;
  } catch {
    return false;
  }
}
