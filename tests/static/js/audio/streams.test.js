import assert from "node:assert/strict";
import { before, test } from "node:test";
import { openStreams, usualProcessing } from "../../../../static/src/js/audio/streams.js";

before(() => {
  globalThis.isSecureContext = true;
});

const track = (kind) => ({
  kind,
  isStopped: false,
  stop() {
    this.isStopped = true;
  },
});

function stream(...kinds) {
  const tracks = kinds.map(track);
  return {
    all: [...tracks],
    getTracks: () => tracks,
    getAudioTracks: () => tracks.filter(({ kind }) => kind === "audio"),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === "video"),
    removeTrack: (gone) => tracks.splice(tracks.indexOf(gone), 1),
  };
}

/** The browser's devices: each answers a stream or throws an error of this name. */
function devices({ microphone = stream("audio"), tab = stream("audio", "video") } = {}) {
  const asked = [];
  const answer = (found) => {
    if (typeof found === "string") throw new DOMException("", found);
    return found;
  };
  return {
    asked,
    getUserMedia: async (wish) => {
      asked.push(["microphone", wish.audio]);
      return answer(microphone);
    },
    getDisplayMedia: async (wish) => {
      asked.push(["tab", wish.audio]);
      return answer(tab);
    },
  };
}

test("it works", async () => {
  const found = devices();
  const opened = await openStreams({ source: "microphone", deviceId: "one", noiseSuppression: true }, found);
  assert.deepEqual(
    opened.map(({ kind }) => kind),
    ["microphone"],
  );
  const [[, wish]] = found.asked;
  assert.deepEqual(wish, {
    channelCount: 1,
    echoCancellation: false,
    noiseSuppression: true,
    autoGainControl: false,
    deviceId: { exact: "one" },
  });
});

test("a tab is heard as it is, and its picture is stopped", async () => {
  const tab = stream("audio", "video");
  const found = devices({ tab });
  await openStreams({ source: "tab" }, found);
  assert.deepEqual(
    tab.all.map(({ isStopped }) => isStopped),
    [false, true],
  );
  assert.equal(found.asked[0][1].echoCancellation, false);
});

test("both: the tab is asked for first, and its echo taken out of the microphone", async () => {
  const found = devices();
  const opened = await openStreams({ source: "both" }, found);
  assert.deepEqual(
    opened.map(({ kind }) => kind),
    ["tab", "microphone"],
  );
  assert.equal(found.asked[1][1].echoCancellation, true);
  assert.equal(usualProcessing("microphone").echoCancellation, false);
});

for (const [source, answers, code] of [
  ["microphone", { microphone: "NotFoundError" }, "no_microphone"],
  ["microphone", { microphone: "OverconstrainedError" }, "no_microphone"],
  ["microphone", { microphone: "NotAllowedError" }, "microphone_refused"],
  ["microphone", { microphone: "NotReadableError" }, "microphone_busy"],
  ["microphone", { microphone: "TypeError" }, "not_supported"],
  ["tab", { tab: "NotAllowedError" }, "tab_refused"],
  ["tab", { tab: stream("video") }, "no_tab_sound"],
]) {
  test(`${source}, ${JSON.stringify(answers)}: ${code}`, async () => {
    await assert.rejects(openStreams({ source }, devices(answers)), { code });
  });
}

test("nothing stays open when the second of two is refused", async () => {
  const tab = stream("audio", "video");
  await assert.rejects(openStreams({ source: "both" }, devices({ tab, microphone: "NotAllowedError" })));
  assert.ok(tab.all.every(({ isStopped }) => isStopped));
});

test("without a secure address there is no microphone", async () => {
  globalThis.isSecureContext = false;
  await assert.rejects(openStreams({ source: "microphone" }, devices()), { code: "not_secure" });
  globalThis.isSecureContext = true;
});

test("a browser without the means says so", async () => {
  await assert.rejects(openStreams({ source: "microphone" }, null), { code: "not_supported" });
  await assert.rejects(openStreams({ source: "tab" }, {}), { code: "no_tab_sound" });
});
