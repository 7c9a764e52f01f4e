import assert from "node:assert/strict";
import { test } from "node:test";
import { DocumentHttp } from "../../../../static/src/js/editor/document_http.js";
import { HttpLine } from "../../../../static/src/js/editor/http_line.js";
import { RequestError } from "../../../../static/src/js/lib/http.js";

/** Requests of which each is answered by the next of `answers`; errors are thrown. */
function server(...answers) {
  const asked = [];
  const ask = async (path, { method = "GET", data } = {}) => {
    asked.push([method, path, data]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, http: new DocumentHttp("/api/v1/transcripts/abc", { ask }) };
}

const refusal = (status, code, detail = {}) => new RequestError("No.", { status, code, detail });

test("it works", async () => {
  const { asked, http } = server({ version: 3 }, { v: 3, steps: [] }, { v: 4 });
  assert.equal((await http.readWithUndo()).version, 3);
  await http.stepsSince(3);
  assert.equal(await http.push({ v: 3, client: "me", steps: [] }), 4);
  assert.deepEqual(asked, [
    ["GET", "/api/v1/transcripts/abc/document?undo=1", undefined],
    ["GET", "/api/v1/transcripts/abc/document/steps?since=3", undefined],
    ["POST", "/api/v1/transcripts/abc/document/steps", { v: 3, client: "me", steps: [] }],
  ]);
});

for (const [status, code, isFinal] of [
  [422, "bad_text", true],
  [403, "not_allowed", true],
  [404, "not_found", true],
  [409, "stale", false],
  [429, "too_many", false],
  [503, "unavailable", false],
  [0, "unreachable", false],
]) {
  test(`${status} ${code} ${isFinal ? "is final" : "may go away"}`, async () => {
    await assert.rejects(server(refusal(status, code)).http.read(), (error) => error.isFinal === isFinal);
  });
}

async function said(message, ...answers) {
  const heard = [];
  const { http } = server(...answers);
  const line = new HttpLine({ http, hear: (told) => heard.push(told), lost: () => heard.push("lost") });
  line.send(message);
  await new Promise((done) => setImmediate(done));
  return { heard, line };
}

const PUSH = { type: "push", rid: 2, v: 3, client: "me", steps: [] };

test("a line of requests answers as a socket does", async () => {
  assert.deepEqual((await said({ type: "pull", v: 3 }, { v: 3, steps: [1], clients: ["a"] })).heard, [
    { type: "steps", v: 3, steps: [1], clients: ["a"] },
  ]);
  assert.deepEqual((await said(PUSH, { v: 4 })).heard, [{ type: "ack", rid: 2, v: 4 }]);
  assert.deepEqual((await said(PUSH, refusal(409, "stale", { v: 9 }))).heard, [
    { type: "stale", rid: 2, v: 9 },
  ]);
  const rejected = { type: "reject", rid: 2, code: "bad_text", message: "No." };
  assert.deepEqual((await said(PUSH, refusal(422, "bad_text"))).heard, [rejected]);
});

test("a line of requests is lost when the server cannot be reached", async () => {
  const { heard, line } = await said(PUSH, refusal(0, "unreachable"));
  assert.deepEqual(heard, ["lost"]);
  assert.equal(line.send(PUSH), false);
});
