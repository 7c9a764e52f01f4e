/** Why sound cannot be taken down: a stable code and a sentence that says what to do. */

const SENTENCES = {
  no_microphone: "No microphone was found. Connect one, then try again.",
  microphone_refused:
    "This page may not use the microphone. Allow it in the browser, beside the address, then try again.",
  microphone_busy: "Another program is using the microphone. Close that program, then try again.",
  microphone_lost:
    "The microphone is gone. What was said until now is kept. Connect it again or choose another one, then go on.",
  no_tab_sound: "No sound was shared. Share again, and switch on the sound of the tab or of the screen.",
  tab_refused: "Nothing was shared. Choose a tab or a screen, and share its sound too.",
  tab_ended: "The shared sound has ended. What was said until now is kept. Share again, then go on.",
  not_secure: "Browsers record on secure addresses only. Open this page with https.",
  recorder_broke:
    "The browser has stopped listening. What was said until now is kept. Go on, or reload this page first.",
  not_loaded: "The recorder could not be loaded. Check your connection, then reload this page.",
  not_supported: "This browser cannot record here. Use a current Chrome, Edge, Firefox or Safari.",
};

export class CaptureError extends Error {
  constructor(code) {
    super(SENTENCES[code]);
    this.name = "CaptureError";
    this.code = code;
  }
}

const OF_MICROPHONE = {
  NotFoundError: "no_microphone",
  OverconstrainedError: "no_microphone",
  NotAllowedError: "microphone_refused",
  SecurityError: "microphone_refused",
  NotReadableError: "microphone_busy",
  AbortError: "microphone_busy",
};

const OF_TAB = { NotAllowedError: "tab_refused", AbortError: "tab_refused", NotFoundError: "no_tab_sound" };

/** What a browser's refusal means for a person; anything unforeseen is "cannot record here". */
export function captureError(error, kind) {
  if (error instanceof CaptureError) return error;
  const known = kind === "tab" ? OF_TAB : OF_MICROPHONE;
  return new CaptureError(known[error?.name] ?? "not_supported");
}
