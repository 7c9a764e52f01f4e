/** The text of a transcript over HTTP: to begin with, and for what is too large for the socket. */

import { json, RequestError } from "../lib/http.js";

/** Asking again may help; after any other refusal it does not. */
const TEMPORARY = new Set([408, 425, 429]);

/** Where this document's requests go; `api` is the address of the transcript. */
export class DocumentHttp {
  constructor(api, { ask = json, signal } = {}) {
    Object.assign(this, { api, ask, signal });
  }

  /** `{version, schema, doc, changed}`, where `changed` names the segments that people wrote in. */
  read() {
    return this.#ask("/document");
  }

  /** The same with `undo`: an earlier version and the batches since, or null; then `doc` may be null. */
  readWithUndo() {
    return this.#ask("/document?undo=1");
  }

  /** `{v, steps, clients}`: everything that came after a version. */
  stepsSince(version) {
    return this.#ask(`/document/steps?since=${version}`);
  }

  /** The version that the text has with these steps. */
  async push(data) {
    return (await this.#ask("/document/steps", { method: "POST", data })).v;
  }

  async #ask(path, options = {}) {
    try {
      return await this.ask(this.api + path, { ...options, signal: this.signal });
    } catch (error) {
      if (error instanceof RequestError) error.isFinal = isFinal(error);
      throw error;
    }
  }
}

function isFinal({ status, code }) {
  return status >= 400 && status < 500 && code !== "stale" && !TEMPORARY.has(status);
}
