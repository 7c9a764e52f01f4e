import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { errorFrom, json, RequestError, request } from "../../../../static/src/js/lib/http.js";

let server;
let base;
const seen = [];

before(async () => {
  globalThis.document = { cookie: "a=b; csrftoken=s3cret", querySelector: () => null };
  server = createServer((incoming, answer) => {
    seen.push({ method: incoming.method, headers: incoming.headers });
    const refused = incoming.url === "/refused";
    answer.statusCode = refused ? 422 : 200;
    answer.end(refused ? '{"error":{"code":"option_invalid","message":"Choose another."}}' : '{"fine":true}');
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  base = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test("it works", async () => {
  assert.deepEqual(await json(`${base}/`, { method: "POST", data: { a: 1 } }), { fine: true });
  const { method, headers } = seen.at(-1);
  assert.equal(method, "POST");
  assert.equal(headers["x-csrftoken"], "s3cret");
  assert.equal(headers["content-type"], "application/json");
});

test("reading sends no token", async () => {
  await request(`${base}/`);
  assert.equal(seen.at(-1).headers["x-csrftoken"], undefined);
});

test("a refusal carries the server's sentence", async () => {
  await assert.rejects(json(`${base}/refused`), (error) => {
    assert.ok(error instanceof RequestError);
    assert.deepEqual([error.status, error.code, error.message], [422, "option_invalid", "Choose another."]);
    return true;
  });
});

test("no answer at all says so", async () => {
  await assert.rejects(request("http://127.0.0.1:1/"), { code: "unreachable", status: 0 });
});

test("aborting is not an error of ours", async () => {
  await assert.rejects(request(`${base}/`, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("an answer that is no JSON becomes a general sentence", () => {
  assert.equal(errorFrom(502, "<h1>Bad gateway</h1>").code, "unexpected_answer");
  assert.match(errorFrom(500, "").message, /try again/);
});
