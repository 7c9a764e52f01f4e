import { Upload } from "tus-js-client";
import { csrfToken, errorFrom } from "../lib/http.js";
import { fingerprint, store } from "./unfinished.js";

const PIECE_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
const RETRIED_REFUSALS = new Set([409, 423, 429]);
const SIGNED_OUT =
  "You are signed out. Sign in again in another tab, then try again; what has arrived is kept.";
const LOST = "The connection was lost. What has arrived is kept; try again to go on.";

/**
 * One file on its way up in resumable pieces (tus 1.0).
 *
 * `tell` gets onProgress(sent), onRetry(), onDone({code, duplicate, upload}), onError(sentence, {offline}).
 */
export class Transfer {
  #upload = null;

  constructor({ file, endpoint, person, metadata, tell }) {
    this.file = file;
    this.#upload = new Upload(file, {
      endpoint,
      chunkSize: PIECE_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { ...metadata, filename: file.name },
      fingerprint: () => Promise.resolve(fingerprint(person, file)),
      urlStorage: store,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken()),
      onShouldRetry: (error) => {
        const again = isWorthRetrying(error);
        if (again) tell.onRetry();
        return again;
      },
      onProgress: (sent) => tell.onProgress(sent),
      onSuccess: ({ lastResponse }) => tell.onDone(this.#outcome(lastResponse)),
      onError: (error) => tell.onError(sentence(error), { offline: !error.originalResponse }),
    });
  }

  /** Begin, or go on where an earlier attempt with the same file stopped. */
  async start() {
    const [earlier] = await this.#upload.findPreviousUploads();
    if (earlier && !this.#upload.url) this.#upload.resumeFromPreviousUpload(earlier);
    this.#upload.start();
  }

  pause() {
    return this.#upload.abort();
  }

  /** Stop and let the server forget what has arrived. */
  discard() {
    return this.#upload.abort(Boolean(this.#upload.url));
  }

  #outcome(response) {
    return {
      code: response.getHeader("Voxweb-Transcript"),
      duplicate: response.getHeader("Voxweb-Duplicate") === "1",
      upload: this.#upload.url.split("/").at(-1),
    };
  }
}

function isWorthRetrying(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (status === 507 || !navigator.onLine) return false;
  return status < 400 || status >= 500 || RETRIED_REFUSALS.has(status);
}

function sentence(error) {
  if (!error.originalResponse) return LOST;
  const status = error.originalResponse.getStatus();
  return status === 401 ? SIGNED_OUT : errorFrom(status, error.originalResponse.getBody()).message;
}
