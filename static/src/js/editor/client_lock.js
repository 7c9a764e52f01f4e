/**
 * A client belongs to one page: others can tell whether that page is still there.
 *
 * A Web Lock says so at once, and the browser frees it however the page went. Pages without TLS have no locks; there
 * the page itself answers when it is asked.
 */

const CHANNEL = "voxweb-edits";
const ANSWER_MS = 400;

const nameOf = (client) => `voxweb-edit-${client}`;

/** Hold a client until the scope closes: true, or false where its page is still there. A new one nobody else has. */
export function holdClient(scope, client, { isNew = false, edges = globalThis } = {}) {
  const locks = edges.navigator?.locks;
  return locks ? holdLock(scope, client, locks) : holdByAnswering(scope, client, isNew, edges);
}

function holdLock(scope, client, locks) {
  return new Promise((resolve, reject) => {
    const keep = (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise((release) => scope.add(release));
    };
    locks.request(nameOf(client), { ifAvailable: true }, keep).catch(reject);
  });
}

async function holdByAnswering(scope, client, isNew, { BroadcastChannel }) {
  const channel = new BroadcastChannel(CHANNEL);
  scope.add(() => channel.close());
  if (!isNew && (await isAnswered(channel, client))) return false;
  scope.listen(
    channel,
    "message",
    ({ data }) => data.wanted === client && channel.postMessage({ held: client }),
  );
  return true;
}

function isAnswered(channel, client) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    channel.addEventListener("message", ({ data }) => {
      if (data.held !== client) return;
      clearTimeout(timer);
      resolve(true);
    });
    channel.postMessage({ wanted: client });
  });
}
