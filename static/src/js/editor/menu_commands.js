/** What the menus of the page offer is done in the text. */

import { restoreShading } from "./shading.js";

export function listenForMenus(page, scope) {
  scope.listen(page, "click", (event) => {
    const entry = event.target.closest("vox-menu [data-command]");
    if (!entry || !page.text.run(entry.dataset.command)) return;
    // Some commands open something to write in; the others lead back to the text.
    if (!document.activeElement?.closest("vox-find, dialog")) page.text.view.focus();
  });
  // A menu may be a new one from the server: it is told what it says before it is seen.
  scope.listen(page, "toggle", () => restoreShading(page), { capture: true });
  restoreShading(page);
}
