import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";

/** <vox-speakers>: names in the panel. Tells `speaker-named` with `{id, name}` once the server has it. */
class Speakers extends ServerElement {
  upgrade(scope) {
    scope.listen(this, "submit", (event) => {
      event.preventDefault();
      event.target.elements.name.blur();
    });
    scope.listen(this, "change", (event) => this.#save(event.target));
    scope.listen(this, "keydown", (event) => {
      if (event.key !== "Escape" || !event.target.matches("input")) return;
      event.target.value = event.target.defaultValue;
      event.target.blur();
    });
  }

  /** Somebody types here: the fresh panel of the server has to wait. */
  get typing() {
    return this.contains(document.activeElement) && document.activeElement.matches("input");
  }

  get api() {
    return this.closest("vox-transcript").dataset.api;
  }

  showName(id, name) {
    const input = this.querySelector(`[data-speaker="${id}"] input[name="name"]`);
    if (!input) return;
    input.value = input.defaultValue = name;
    input.setAttribute("aria-label", `Name of ${name}`);
  }

  /** Rename everywhere. Throws RequestError; the names on the page then stay as they were. */
  async rename(id, name) {
    const answer = await json(`${this.api}/speakers/${id}`, { method: "PATCH", data: { name } });
    this.tell("speaker-named", { id, name: answer.display_name });
  }

  async #save(input) {
    const row = input.closest("[data-speaker]");
    row.querySelector(".errors")?.remove();
    try {
      await this.rename(row.dataset.speaker, input.value.trim());
    } catch (error) {
      row.querySelector(".sp-body").append(sentence(error.message));
    }
  }
}

function sentence(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "errors";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = text;
  return paragraph;
}

define("vox-speakers", Speakers);
