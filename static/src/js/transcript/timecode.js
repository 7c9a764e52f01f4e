/** Moments as people read, hear and link them. All values are milliseconds of media time. */

const MOMENT = /^#t=(\d{1,10})$/;

function parts(ms) {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
}

const two = (number) => String(number).padStart(2, "0");

/** "00:12:04": always with hours, so that a column of times stands in line. */
export function clock(ms) {
  const { hours, minutes, seconds } = parts(ms);
  return `${two(hours)}:${two(minutes)}:${two(seconds)}`;
}

/** "0:01:01": how long something is, as the server writes lengths. */
export function lengthClock(ms) {
  const { hours, minutes, seconds } = parts(ms);
  return `${hours}:${two(minutes)}:${two(seconds)}`;
}

function counted(number, word) {
  return number ? `${number} ${word}${number === 1 ? "" : "s"}` : "";
}

/** "1 hour 12 minutes 40 seconds": a screen reader would spell a clock out digit by digit. */
export function spokenTime(ms) {
  const { hours, minutes, seconds } = parts(ms);
  const said = [counted(hours, "hour"), counted(minutes, "minute"), counted(seconds, "second")];
  return said.filter(Boolean).join(" ") || "0 seconds";
}

/** The moment in "#t=724000", or null for any other fragment. */
export function momentOf(hash) {
  const found = MOMENT.exec(hash);
  return found ? Number(found[1]) : null;
}

export function hashOf(ms) {
  return `#t=${Math.max(0, Math.round(ms))}`;
}
