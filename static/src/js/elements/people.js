import { define, ServerElement } from "../lib/element.js";

const MOST = 5;

/** <vox-people>: who else has this transcript open now. */
class People extends ServerElement {
  upgrade(scope) {
    const page = this.closest("vox-transcript");
    scope.listen(page, "editor-ready", ({ detail }) => {
      this.editing = detail.editing;
      scope.listen(this.editing, "people", () => this.#show());
      this.#show();
    });
  }

  /** Drawn anew only when somebody came or went: carets move all the time. */
  #show() {
    const others = this.editing.people.filter(({ user }) => user !== this.editing.me?.user);
    const names = others.map(({ name }) => name).join(", ");
    if (names === this.#names) return;
    this.#names = names;
    this.hidden = others.length === 0;
    this.replaceChildren(...others.slice(0, MOST).map(avatar), ...more(others.length - MOST));
    this.setAttribute("aria-label", others.length ? `Here now: ${names}` : "");
  }

  #names = "";
}

function avatar({ name, hue }) {
  return Object.assign(document.createElement("span"), {
    className: `avatar hue-${hue || 1}`,
    title: `${name} is here`,
    textContent: [...name][0] ?? "?",
  });
}

function more(count) {
  if (count <= 0) return [];
  return [Object.assign(document.createElement("span"), { className: "avatar", textContent: `+${count}` })];
}

define("vox-people", People);
