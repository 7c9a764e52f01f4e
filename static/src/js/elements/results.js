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

/** Bring the numbers beside the list and in the side bar up to date after a change. */
export async function refreshTotals() {
  const fresh = await page(location.href);
  for (const place of [".totals", ".side .nav"]) {
    const [shown, now] = [document, fresh].map((whole) => whole.querySelector(place));
    if (shown && now) shown.replaceChildren(...now.childNodes);
  }
}

export const countRows = () => document.querySelectorAll("#results .row").length;
