/** Opening what is to be recorded: the microphone, the sound of a tab or screen, or both. */

import { CaptureError, captureError } from "./capture_error.js";

const UNPROCESSED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/**
 * Which of the browser's changes to the sound are on unless a person chooses otherwise.
 *
 * Recognisers are trained on plain sound: noise suppression swallows soft syllables, echo cancellation bends
 * time by milliseconds, and gain control pumps the room up in every pause. With a tab's sound beside it the
 * microphone hears that sound again from the loudspeaker, so there the echo is taken out.
 */
export function usualProcessing(source) {
  return { ...UNPROCESSED, echoCancellation: source === "both" };
}

/**
 * `[{kind: "microphone"|"tab", stream}]` for `{source, deviceId, echoCancellation, noiseSuppression,
 * autoGainControl}`. Raises CaptureError. The tab comes first: its chooser needs the click of a person.
 */
export async function openStreams(choices, devices = navigator.mediaDevices) {
  if (!globalThis.isSecureContext) throw new CaptureError("not_secure");
  if (!devices) throw new CaptureError("not_supported");
  const opened = [];
  try {
    if (choices.source !== "microphone") opened.push({ kind: "tab", stream: await openTab(devices) });
    if (choices.source !== "tab")
      opened.push({ kind: "microphone", stream: await openMicrophone(choices, devices) });
  } catch (error) {
    closeStreams(opened);
    throw error;
  }
  return opened;
}

export function closeStreams(opened) {
  for (const { stream } of opened) for (const track of stream.getTracks()) track.stop();
}

async function openMicrophone(choices, devices) {
  const processing = usualProcessing(choices.source);
  for (const name of Object.keys(processing)) processing[name] = choices[name] ?? processing[name];
  const device = choices.deviceId ? { deviceId: { exact: choices.deviceId } } : {};
  try {
    return await devices.getUserMedia({ audio: { channelCount: 1, ...processing, ...device } });
  } catch (error) {
    throw captureError(error, "microphone");
  }
}

/** Browsers share sound only together with a picture, which is of no use here and stopped at once. */
async function openTab(devices) {
  if (!devices.getDisplayMedia) throw new CaptureError("no_tab_sound");
  const audio = { ...UNPROCESSED, suppressLocalAudioPlayback: false };
  let stream;
  try {
    stream = await devices.getDisplayMedia({ video: true, audio, systemAudio: "include" });
  } catch (error) {
    throw captureError(error, "tab");
  }
  return withSoundOnly(stream);
}

function withSoundOnly(stream) {
  for (const track of stream.getVideoTracks()) {
    track.stop();
    stream.removeTrack(track);
  }
  if (!stream.getAudioTracks().length) throw new CaptureError("no_tab_sound");
  return stream;
}
