import { define, ServerElement } from "../lib/element.js";
import { page } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/** <vox-more> around the "Show more" link: adds the next rows below instead of leaving the page. */
class More extends ServerElement {
  upgrade(scope) {
    const link = this.querySelector("a");
    scope.listen(link, "click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#more(link, scope);
    });
  }

  async #more(link, scope) {
    if (this.ariaBusy) return;
    this.ariaBusy = "true";
    try {
      this.#append(await page(link.href, { signal: scope.signal }));
    } catch (error) {
      this.ariaBusy = null;
      if (!scope.closed) toast(error.message);
    }
  }

  #append(next) {
    const rows = [...next.querySelectorAll("#results .row")];
    const further = next.querySelector("#results vox-more");
    document.querySelector("#results .rows").append(...rows);
    this.replaceWith(...(further ? [further] : []));
    (rows[0]?.querySelector(".row-title a") ?? rows[0]?.querySelector("button"))?.focus();
  }
}

define("vox-more", More);
