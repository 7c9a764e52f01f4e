/** Which microphones there are, and which one a person chose here the last time. */

import { remember, remembered } from "../lib/remember.js";

const KEY = "voxweb:microphone";

/**
 * `[{id, label}]`, the system's choice first. Browsers tell names only after the microphone was allowed once;
 * until then there is one entry without a name, or none.
 */
export async function listMicrophones(devices = navigator.mediaDevices) {
  const found = (await devices?.enumerateDevices()) ?? [];
  const microphones = found.filter(
    ({ kind, deviceId }) => kind === "audioinput" && deviceId !== "communications",
  );
  return microphones.map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** Call `changed(microphones)` whenever one is plugged in or pulled out, as long as the scope lives. */
export function watchMicrophones(scope, changed, devices = navigator.mediaDevices) {
  if (!devices) return;
  scope.listen(devices, "devicechange", async () => changed(await listMicrophones(devices)));
}

/** The remembered microphone if it is among those, "" (the system's choice) otherwise. */
export function chosenMicrophone(microphones) {
  const id = remembered(KEY) ?? "";
  return microphones.some((microphone) => microphone.id === id) ? id : "";
}

export function rememberMicrophone(id) {
  remember(KEY, id);
}
