/**
 * What an earlier visit left behind: sent from this browser's database, without a microphone.
 *
 * Where everything has arrived already nothing is connected, because a connection opens an ended take again.
 */

import { Scope } from "../lib/scope.js";
import { capturedMs, isDelivered } from "./take_entry.js";
import { holdTake } from "./take_lock.js";
import { TakeSession } from "./take_session.js";

/** A server that has every byte says soon, but not at once, that they are on its disk. */
const SETTLE_MS = 3_000;

/**
 * Send the rest of a take. `finish`: end it then; takes that a person had stopped already are ended anyway.
 *
 * Resolves to `{where, capturedMs, stopped, url, reason}`: `where` is "server" (all of it is there), "browser"
 * (no connection now, `reason` says why), "elsewhere" (another tab has it) or "gone" (not on the server any
 * more; what is here is kept). `edges`: holdTake, and those of TakeSession.
 */
export async function sendRest(entry, { store, socketUrl, finish = false, edges = {} }) {
  const scope = new Scope();
  const hold = edges.holdTake ?? holdTake;
  try {
    const leave = () => scope.close();
    if (!(await hold(scope, entry.id, { onAsked: leave }))) return report("elsewhere", entry);
    const take = await store.get(entry.id);
    if (!take) return report("server", { ...entry, stopped: true });
    take.stopWanted ||= finish;
    return await sent(scope, take, { store, socketUrl, edges });
  } finally {
    scope.close();
  }
}

async function sent(scope, take, { store, socketUrl, edges }) {
  const marks = await store.marks(take.id);
  if (isDelivered(take) && !take.stopWanted && !marks.length) return report("server", take);
  const session = new TakeSession(take, { store, socketUrl, edges });
  const outcome = settled(scope, session);
  try {
    await session.open();
    return await outcome;
  } finally {
    if (!take.stopped) await session.close();
  }
}

/** The first thing that decides: arrived, ended, no connection, or wanted by another tab. */
function settled(scope, session) {
  const { take } = session;
  return new Promise((resolve) => {
    const arrived = () => session.outbox.isDelivered && session.marks.isEmpty && !take.stopWanted;
    const answer = () => arrived() && resolve(report("server", take));
    const look = () => arrived() && scope.after(session.hasUnsent ? SETTLE_MS : 0, answer);
    scope.listen(session, "safety", look);
    scope.listen(session, "marked", look);
    scope.listen(session, "lost", ({ detail }) => resolve(lost(take, detail)));
    scope.listen(session, "refused", ({ detail }) => resolve(lost(take, detail)));
    scope.add(() => resolve(report("elsewhere", take)));
    if (take.stopWanted)
      session.stop().then(
        ({ url }) => resolve(report("server", { ...take, url })),
        () => {},
      );
  });
}

function lost(take, { code, message }) {
  return { ...report(code === "gone" ? "gone" : "browser", take), reason: { code, message } };
}

function report(where, take) {
  const { stopped = false, url = "" } = take;
  return { where, capturedMs: capturedMs(take), stopped, url, reason: null };
}
