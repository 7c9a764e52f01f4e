/** Playback speeds. */

export const SPEEDS = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The next speed in a direction (1 or -1) from `current`, which need not be in the list. */
export function nextSpeed(current, direction) {
  const further =
    direction > 0
      ? SPEEDS.filter((speed) => speed > current + 1e-6)
      : SPEEDS.filter((speed) => speed < current - 1e-6);
  return (direction > 0 ? further[0] : further.at(-1)) ?? current;
}

/** "1×", "1.25×" */
export function speedLabel(speed) {
  return `${Number(speed.toFixed(2))}×`;
}
