import { Scope } from "./scope.js";

/**
 * A custom element that upgrades HTML which already works without it.
 *
 * Subclasses write `upgrade(scope)`; whatever they open belongs to `scope`, which closes when the element
 * leaves the page. Elements wire things together; logic belongs in plain modules that node can test.
 */
export class ServerElement extends HTMLElement {
  scope = null;

  connectedCallback() {
    this.scope = new Scope();
    this.upgrade(this.scope);
  }

  disconnectedCallback() {
    this.scope?.close();
    this.scope = null;
  }

  upgrade() {}

  /** The one descendant marked `data-part="name"`, or null. */
  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  parts(name) {
    return [...this.querySelectorAll(`[data-part="${name}"]`)];
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** Define an element once, also when a second bundle of the same page brings it along. */
export function define(name, type) {
  if (!customElements.get(name)) customElements.define(name, type);
}
