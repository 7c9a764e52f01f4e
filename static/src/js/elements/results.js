import { page } from "../lib/http.js";

/** Put the list of another address of this page in place of the shown one. */
export async function showResults(url, signal) {
  const shown = document.querySelector("#results");
  shown.setAttribute("aria-busy", "true");
  try {
    const fresh = (await page(url, { signal })).querySelector("#results");
    shown.replaceChildren(...fresh.childNodes);
  } finally {
    if (!signal.aborted) shown.removeAttribute("aria-busy");
  }
}

export const countRows = () => document.querySelectorAll("#results .row").length;
