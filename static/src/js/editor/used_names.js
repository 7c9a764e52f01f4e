/** The names last given to speakers of one transcript, kept in this browser. */

import { remember, remembered } from "../lib/remember.js";
import { withUsed } from "./name_offers.js";

export class UsedNames {
  #key;

  constructor(code) {
    this.#key = `names:${code}`;
  }

  /** The latest first. */
  get all() {
    return listIn(remembered(this.#key));
  }

  add(name) {
    remember(this.#key, JSON.stringify(withUsed(this.all, name)));
  }
}

/** What is stored may be from another version of the program, or from nowhere. */
function listIn(stored) {
  try {
    const list = JSON.parse(stored ?? "[]");
    return Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}
