/** Sizes, rates and lengths for people. */

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** Decimal units, as file managers show them: 512 bytes, 3.4 MB, 126 MB. */
export function size(bytes) {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** 34 of 61 minutes, 12 of 40 seconds: both in the unit that suits the whole. */
export function lengthOf(doneMs, totalMs) {
  const [unitMs, noun] = totalMs < 90_000 ? [1000, "seconds"] : [60_000, "minutes"];
  return `${Math.floor(doneMs / unitMs)} of ${Math.round(totalMs / unitMs)} ${noun}`;
}

/** A rough length: 40 seconds, 12 minutes, 3 hours. */
export function length(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return count(seconds, "second");
  if (seconds < 90 * 60) return count(Math.round(seconds / 60), "minute");
  return count(Math.round(seconds / 3600), "hour");
}
