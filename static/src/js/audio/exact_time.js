/** Moments to a hundredth of a second, for edges that are set by hand. */

import { clock } from "../transcript/timecode.js";

/** "00:01:02.35" */
export function exactTime(ms) {
  const whole = Math.max(0, Math.round(ms / 10) * 10);
  return `${clock(whole)}.${String(Math.floor((whole % 1000) / 10)).padStart(2, "0")}`;
}

/** "1 minute 2.35 seconds", as it is read out. */
export function spokenExactTime(ms) {
  const hundredths = Math.max(0, Math.round(ms / 10));
  const minutes = Math.floor(hundredths / 6000);
  const seconds = (hundredths % 6000) / 100;
  const said = minutes ? `${minutes} minute${minutes === 1 ? "" : "s"} ` : "";
  return `${said}${seconds} seconds`;
}
