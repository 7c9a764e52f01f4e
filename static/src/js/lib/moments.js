/** Moments for people, in the zone of the reader; the server writes the same words in its own zone. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAY_MS = 86_400_000;

const two = (number) => String(number).padStart(2, "0");
const clock = (when) => `${two(when.getHours())}:${two(when.getMinutes())}`;

/** Whole calendar days between two dates, whatever the hour and whatever daylight saving does. */
function daysBetween(earlier, later) {
  const day = (when) => Date.UTC(when.getFullYear(), when.getMonth(), when.getDate());
  return Math.round((day(later) - day(earlier)) / DAY_MS);
}

/** Today, 09:14 · Yesterday, 18:02 · Monday · 12 Nov · 12 Nov 2025 */
export function relative(when, now) {
  const days = daysBetween(when, now);
  if (days === 0) return `Today, ${clock(when)}`;
  if (days === 1) return `Yesterday, ${clock(when)}`;
  if (days > 1 && days < 7) return DAYS[when.getDay()];
  const date = `${when.getDate()} ${MONTHS[when.getMonth()]}`;
  return when.getFullYear() === now.getFullYear() ? date : `${date} ${when.getFullYear()}`;
}

export function exact(when) {
  return when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}
