/** Moments as people type them: 1:02:03, 62:03, 3723, 1h2m3s, 2m, 3,5. */

const LONGEST_MS = 200 * 3_600_000;
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,5}):(\d{1,2}(?:[.,]\d{1,3})?)$/;
const UNITS = /^(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6}(?:[.,]\d{1,3})?)s?)?$/;

/** Milliseconds, or null where it is no moment. */
export function readTime(typed) {
  const text = typed.toLowerCase().replaceAll(/\s/g, "");
  const clock = CLOCK.exec(text);
  const ms = clock ? ofClock(clock) : ofUnits(text);
  return ms === null || ms > LONGEST_MS ? null : ms;
}

function ofClock([, hours, minutes, seconds]) {
  if (number(seconds) >= 60 || (hours !== undefined && Number(minutes) >= 60)) return null;
  return total(hours, minutes, seconds);
}

function ofUnits(text) {
  const found = text && UNITS.exec(text);
  return found ? total(found[1], found[2], found[3]) : null;
}

function total(hours, minutes, seconds) {
  return Math.round((number(hours) * 3600 + number(minutes) * 60 + number(seconds)) * 1000);
}

const number = (text) => Number((text ?? "0").replace(",", "."));
