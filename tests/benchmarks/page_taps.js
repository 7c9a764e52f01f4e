// Put into a page before its own scripts: tells what was captured, what went over the socket, and when
// which words stood on the page. `tapped` is a function that the measurement offers.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const tell = (kind, facts) => globalThis.tapped(JSON.stringify({ kind, at: now(), ...facts }));

  const hear = (port) =>
    port.addEventListener("message", ({ data }) => {
      if (data.pcm) tell("captured", { pcm: base64(new Uint8Array(data.pcm)) });
    });
  const { AudioWorkletNode, Worker } = globalThis;
  globalThis.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(...given) {
      super(...given);
      hear(this.port);
    }
  };
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      hear(this);
    }
  };

  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (data instanceof ArrayBuffer) {
      const offset = Number(new DataView(data).getBigUint64(8));
      tell("sent", { offset, pcm: base64(new Uint8Array(data, 16)) });
    }
    return send.call(this, data);
  };

  const count = (text) => text.split(/\s+/).filter(Boolean).length;
  const TEXT = 3;
  let before = "";
  const look = () => {
    const lines = document.querySelector("vox-captions [data-part=lines]");
    if (!lines) return;
    let [words, finalWords] = [0, 0];
    for (const part of lines.querySelectorAll("p")) {
      for (const node of part.childNodes) {
        const isText = node.nodeType === TEXT || node.className === "soft";
        const size = isText ? count(node.textContent) : 0;
        words += size;
        if (node.nodeType === TEXT) finalWords += size;
      }
    }
    const shown = `${words} ${finalWords}`;
    if (shown !== before) tell("shown", { words, finalWords });
    before = shown;
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
})();
