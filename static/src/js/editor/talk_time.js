/** How long everybody speaks. Sums are kept per group, so that after an edit only its own group is counted. */

const sums = new WeakMap();

/** Milliseconds by voice id; "" is nobody known. */
export function talkTimes(doc) {
  const total = new Map();
  doc.forEach((group) => {
    if (group.type.name !== "group") return;
    for (const [id, ms] of sumOf(group)) total.set(id, (total.get(id) ?? 0) + ms);
  });
  return total;
}

/** Whole percents by voice id of the time in which anybody speaks. */
export function shares(times) {
  const all = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  return new Map([...times].map(([id, ms]) => [id, all ? Math.round((100 * ms) / all) : 0]));
}

function sumOf(group) {
  let sum = sums.get(group);
  if (!sum) {
    sum = new Map();
    group.forEach(({ attrs: { speaker, start_ms, end_ms } }) => {
      sum.set(speaker, (sum.get(speaker) ?? 0) + Math.max(0, end_ms - start_ms));
    });
    sums.set(group, sum);
  }
  return sum;
}
