import { json } from "../lib/http.js";
import { remember, remembered } from "../lib/remember.js";
import { bindingsOf, NO_CHANGES, readPreference } from "./key_bindings.js";
import { IS_MAC } from "./key_names.js";

const URL = "/api/v1/preferences/keys";
const KEPT = "voxweb:keys";
/** Set while the server does not have what is kept here. */
const UNSENT = "voxweb:keys-unsent";

const SERVER = { read: () => json(URL), write: (data) => json(URL, { method: "PUT", data }) };
const BROWSER = { get: remembered, set: remember };

/**
 * The keys of the person: there at once from the browser, then from the server, the same on every device.
 *
 * Says "change" whenever they are others. What could not be sent is sent on the next visit.
 */
export class KeyChoice extends EventTarget {
  #preference;
  #bindings;

  constructor({ server = SERVER, browser = BROWSER, isMac = IS_MAC } = {}) {
    super();
    Object.assign(this, { server, browser, isMac });
    this.#take(parsed(browser.get(KEPT)));
  }

  get preference() {
    return this.#preference;
  }

  get bindings() {
    return this.#bindings;
  }

  /** Ask the server once; whoever is not reached leaves the keys as they were. */
  async load() {
    if (this.browser.get(UNSENT)) return this.#send();
    const kept = JSON.stringify(this.#preference);
    const found = await this.server.read().catch(() => null);
    // Somebody may have changed a key while the server was asked.
    if (!found || JSON.stringify(this.#preference) !== kept || JSON.stringify(readPreference(found)) === kept)
      return;
    this.#keep(found);
  }

  /** Use these from now on. Throws RequestError where the server does not have them yet. */
  async choose(preference) {
    this.#keep(preference);
    this.browser.set(UNSENT, "1");
    await this.server.write(this.#preference);
    this.browser.set(UNSENT, "");
  }

  #send() {
    return this.choose(this.#preference).catch(() => {});
  }

  #keep(preference) {
    this.#take(preference);
    this.browser.set(KEPT, JSON.stringify(this.#preference));
    this.dispatchEvent(new Event("change"));
  }

  #take(preference) {
    this.#preference = readPreference(preference);
    this.#bindings = bindingsOf(this.#preference, { isMac: this.isMac });
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? NO_CHANGES;
  } catch {
    return NO_CHANGES;
  }
}

/** One person, one set of keys, however many parts of a page ask for it. */
export const ownKeys = new KeyChoice();
