import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";

/** <vox-share>: people with access. Every change is saved at once. */
class Share extends ServerElement {
  upgrade(scope) {
    scope.listen(this.part("add"), "submit", (event) => this.#add(event));
    scope.listen(this.part("people"), "submit", (event) => this.#remove(event));
    scope.listen(this.part("people"), "change", (event) => this.#changeRole(event.target));
  }

  async #add(event) {
    event.preventDefault();
    const { email, role } = event.target.elements;
    await this.#telling(async () => {
      const data = { email: email.value.trim(), role: role.value };
      this.#show(await json(this.dataset.members, { method: "POST", data }));
      email.value = "";
      email.focus();
    });
  }

  async #remove(event) {
    event.preventDefault();
    const row = event.target.closest("[data-member]");
    await this.#telling(async () => {
      await json(this.#url(row), { method: "DELETE" });
      row.remove();
      this.part("add").elements.email.focus();
    });
  }

  async #changeRole(select) {
    const row = select.closest("[data-member]");
    await this.#telling(() => json(this.#url(row), { method: "PATCH", data: { role: select.value } }));
  }

  #url(row) {
    return `${this.dataset.members}/${row.dataset.member}`;
  }

  #show(member) {
    const row = this.part("row").content.firstElementChild.cloneNode(true);
    row.dataset.member = member.id;
    for (const [field, text] of Object.entries({ ...member, initial: member.name.slice(0, 1) })) {
      const place = row.querySelector(`[data-field="${field}"]`);
      if (place) place.textContent = text;
    }
    row.querySelector("select").value = member.role;
    row.querySelector("select").setAttribute("aria-label", `Role of ${member.name}`);
    row.querySelector("button[name=remove]").setAttribute("aria-label", `Remove ${member.name}`);
    this.querySelector(`[data-member="${member.id}"]`)?.remove();
    this.part("people").append(row);
  }

  async #telling(work) {
    const place = this.part("error");
    place.textContent = "";
    try {
      await work();
    } catch (error) {
      place.textContent = error.message;
    }
  }
}

define("vox-share", Share);
