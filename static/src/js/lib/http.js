/** Requests to our own server: session, CSRF token, JSON, and errors that can be shown to a person. */

const TIMEOUT_MS = 30_000;
const OFFLINE = "The server cannot be reached. Check your connection; nothing is lost.";
const BROKEN = "The server answered with an error. Nothing is lost; please try again.";

/** `message` is a sentence for people, `code` is stable, `status` is 0 where no answer came. */
export class RequestError extends Error {
  constructor(message, { code = "unreachable", status = 0, detail = {} } = {}) {
    super(message);
    this.name = "RequestError";
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** The cookie wins: it stays right when somebody signs in again in another tab. */
export function csrfToken() {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return cookie?.[1] ?? document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Read `{"error": {code, message, detail}}`; anything else becomes a general sentence. */
export function errorFrom(status, text) {
  try {
    const { code, message, detail } = JSON.parse(text).error;
    return new RequestError(message ?? BROKEN, { code, status, detail: detail ?? {} });
  } catch {
    return new RequestError(BROKEN, { code: "unexpected_answer", status });
  }
}

/** Answer the Response of a successful request; throws RequestError otherwise, AbortError when aborted. */
export async function request(url, { method = "GET", headers = {}, body, signal } = {}) {
  const signals = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  const guarded =
    method === "GET" || method === "HEAD" ? headers : { "X-CSRFToken": csrfToken(), ...headers };
  let response;
  try {
    const init = {
      method,
      headers: guarded,
      body,
      credentials: "same-origin",
      signal: AbortSignal.any(signals),
    };
    response = await fetch(url, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(OFFLINE);
  }
  if (!response.ok) throw errorFrom(response.status, await response.text());
  return response;
}

/** Send `data` as JSON (or nothing) and answer the parsed JSON, or null for an empty answer. */
export async function json(url, { method = "GET", data, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (data !== undefined) headers["Content-Type"] = "application/json";
  const body = data === undefined ? undefined : JSON.stringify(data);
  const text = await (await request(url, { method, headers, body, signal })).text();
  return text ? JSON.parse(text) : null;
}

/** Fetch a page or fragment of this site as a Document. */
export async function page(url, { signal } = {}) {
  const response = await request(url, { headers: { Accept: "text/html" }, signal });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
