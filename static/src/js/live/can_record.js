/** Whether this browser can record here at all: a sentence that says why not, or "". */

const NOT_SECURE =
  "Browsers give the microphone to secure pages only. Open this page with https, or on the machine it runs on.";
const TOO_OLD =
  "This browser cannot record here. A current Chrome, Edge, Firefox or Safari can, on a computer or a phone.";

export function whyNotRecord({ isSecureContext, navigator, AudioWorkletNode, WebSocket, indexedDB }) {
  if (!isSecureContext) return NOT_SECURE;
  const hasAll = navigator.mediaDevices?.getUserMedia && AudioWorkletNode && WebSocket && indexedDB;
  return hasAll ? "" : TOO_OLD;
}

/** Whether the microphone opens without a question; false where the browser does not say. */
export async function mayListen(permissions = globalThis.navigator?.permissions) {
  try {
    return (await permissions.query({ name: "microphone" })).state === "granted";
  } catch {
    return false;
  }
}
