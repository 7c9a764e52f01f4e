/**
 * One tab at a time records or sends a take: a Web Lock that the browser frees when the tab is gone.
 *
 * A tab that wants a take asks the one that has it to let go, so that everything captured there is in the
 * database before the other one goes on.
 */

const CHANNEL = "voxweb-takes";
const PATIENCE_MS = 4_000;

const nameOf = (id) => `voxweb-take-${id}`;

/** Whether another tab, or this one, has the take now. */
export async function isHeld(id, locks = navigator.locks) {
  const { held } = await locks.query();
  return held.some(({ name }) => name === nameOf(id));
}

/**
 * Hold the take until the scope closes: true, or false where somebody else has it.
 *
 * With `ask` the other tab is asked to let go and, should it not answer, overruled. `onAsked()` says that
 * somebody wants it here: bring everything into the database, then close the scope.
 */
export async function holdTake(scope, id, { ask = false, onAsked }, locks = navigator.locks) {
  if (!locks) return true;
  const channel = new BroadcastChannel(CHANNEL);
  scope.add(() => channel.close());
  if (ask && (await isHeld(id, locks))) channel.postMessage({ wanted: id });
  const isOurs = await request(scope, id, ask, onAsked, locks);
  if (isOurs) scope.listen(channel, "message", ({ data }) => data.wanted === id && onAsked());
  return isOurs;
}

/** Wait a while for it where it was asked for, then take it by force; otherwise take it only when it is free. */
async function request(scope, id, ask, onAsked, locks) {
  if (!ask) return acquire(scope, id, { ifAvailable: true }, onAsked, locks);
  const patience = { signal: AbortSignal.timeout(PATIENCE_MS) };
  if (await acquire(scope, id, patience, onAsked, locks)) return true;
  return acquire(scope, id, { steal: true }, onAsked, locks);
}

function acquire(scope, id, options, onStolen, locks) {
  return new Promise((resolve) => {
    let isOurs = false;
    const held = locks.request(nameOf(id), options, (lock) => {
      isOurs = Boolean(lock);
      resolve(isOurs);
      return lock && new Promise((release) => scope.add(release));
    });
    held.catch(() => {
      resolve(false);
      if (isOurs && !scope.closed) onStolen();
    });
  });
}
