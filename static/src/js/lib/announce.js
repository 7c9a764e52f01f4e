import { toast } from "./toast.js";

let region = null;

/** Tell screen readers; with `visible` everybody. */
export function announce(text, { visible = false } = {}) {
  if (visible) {
    toast(text);
    return;
  }
  if (!region) {
    region = Object.assign(document.createElement("div"), { className: "visually-hidden", role: "status" });
    document.body.append(region);
  }
  region.textContent = text;
}
