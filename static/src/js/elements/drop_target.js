import { define, ServerElement } from "../lib/element.js";
import { page } from "../lib/http.js";
import { toast } from "../lib/toast.js";

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/**
 * <vox-drop-target>: files dropped or pasted anywhere on a page go to the upload form.
 *
 * Files cannot travel through a navigation, so the upload page is fetched and put in place of this one.
 */
class DropTarget extends ServerElement {
  #depth = 0;

  upgrade(scope) {
    scope.listen(document, "dragenter", (event) => this.#enter(event));
    scope.listen(document, "dragover", (event) => hasFiles(event) && event.preventDefault());
    scope.listen(document, "dragleave", () => this.#show(this.#depth - 1));
    scope.listen(document, "drop", (event) => this.#drop(event));
    scope.listen(document, "paste", (event) => this.#take(event, event.clipboardData));
    scope.listen(window, "popstate", () => location.reload());
  }

  #enter(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#show(this.#depth + 1);
  }

  #show(depth) {
    this.#depth = Math.max(0, depth);
    this.classList.toggle("over", this.#depth > 0);
  }

  #drop(event) {
    this.#show(0);
    if (hasFiles(event)) this.#take(event, event.dataTransfer);
  }

  async #take(event, carrier) {
    const files = [...(carrier?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    try {
      (await this.#uploader()).addFiles(files);
    } catch (error) {
      toast(error.message);
    }
  }

  async #uploader() {
    const here = document.querySelector("vox-uploader");
    if (here) return here;
    const next = await page(this.dataset.url);
    document.title = next.title;
    history.pushState(null, "", this.dataset.url);
    document.querySelector(".shell").replaceWith(next.querySelector(".shell"));
    await import(next.querySelector("script[type=module][src]").src);
    await customElements.whenDefined("vox-uploader");
    return document.querySelector("vox-uploader");
  }
}

define("vox-drop-target", DropTarget);
