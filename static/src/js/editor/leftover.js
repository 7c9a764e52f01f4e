/**
 * Sends what a page left behind that is gone: closed, crashed, or without a network until the end.
 *
 * Its steps are put behind everything that came since, as if the page were still there.
 */

import { EditorState } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { collab, confirmed } from "./collab.js";
import { HttpLine } from "./http_line.js";
import { EditLink } from "./link.js";
import { putBehind } from "./rebase.js";
import { SCHEMA_VERSION, schema } from "./schema.js";
import { StuckError } from "./stuck_error.js";

/** The steps that a queue holds, as far as this page still understands them. */
export function stepsIn(queue) {
  return queue.steps.map(({ json, removed }) => ({ step: Step.fromJSON(schema, json), removed }));
}

/**
 * Send a queue. Answers how many deletions were refused; throws StuckError where its text must be rescued, and
 * whatever the network throws where it can be tried again later.
 *
 * `edits` writes down what becomes of the queue meanwhile.
 */
export async function sendLeftover(queue, { http, edits, wait }) {
  const desk = await deskOf(queue, http);
  const { refused } = desk;
  await edits.write(confirmed(desk.state));
  await sent(desk, { client: queue.client, http, edits, wait });
  await edits.write(confirmed(desk.state));
  return refused + confirmed(desk.state).refused;
}

/** A text at the server's version with the queue's steps on top of it. */
async function deskOf(queue, http) {
  if (queue.schema !== SCHEMA_VERSION) throw new StuckError("old_schema", "");
  const { version, doc } = await http.read();
  if (version < queue.version) throw new StuckError("server_behind", "");
  const since = await http.stepsSince(queue.version);
  const theirs = since.steps.slice(0, version - queue.version).map((json) => Step.fromJSON(schema, json));
  const places = ownPlaces(since.clients.slice(0, theirs.length), queue);
  const now = schema.nodeFromJSON(doc);
  return deskAt(version, doc, putBehind(now, stepsIn(queue), theirs, places), queue);
}

/** Where the server has steps of this queue already, whether or not those of others came first. */
function ownPlaces(clients, { client, steps }) {
  const places = clients.flatMap((one, place) => (one === client ? [place] : []));
  return places.slice(0, steps.length);
}

function deskAt(version, doc, { tr, refused }, { client }) {
  const state = EditorState.create({ doc: schema.nodeFromJSON(doc), plugins: [collab({ version, client })] });
  const again = state.tr;
  for (const step of tr.steps) again.step(step);
  const desk = { state: state.apply(again), refused };
  desk.dispatch = (tr) => {
    desk.state = desk.state.apply(tr);
  };
  return desk;
}

function sent(desk, { client, http, edits, wait }) {
  return new Promise((resolve, reject) => {
    const end = (finish, value) => {
      link.close();
      finish(value);
    };
    const line = new HttpLine({
      http,
      hear: (message) => link.hear(message),
      lost: () => end(reject, new StuckError("unreachable", "")),
    });
    const told = {
      changed: () => link.pending || end(resolve),
      refused: () => {},
      stuck: (error) => end(reject, error),
    };
    const link = new EditLink({ desk, client, line, http, queue: edits, wait, told });
    link.flush();
  });
}
