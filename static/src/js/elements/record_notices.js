import { define, ServerElement } from "../lib/element.js";
import { icon } from "../lib/icon.js";

/** <vox-record-notices>: sentences above the captions, each with at most one thing to do about it. */
class RecordNotices extends ServerElement {
  /**
   * Show `notices` ({code, message, tone, action}); `microphones` ([{id, label}]) are what a lost one
   * can be replaced with. Tells "notice-action" {name, microphone}.
   */
  show(notices, microphones = []) {
    this.replaceChildren(...notices.map((notice) => this.#drawn(notice, microphones)));
  }

  #drawn({ message, tone, action }, microphones) {
    const box = Object.assign(document.createElement("div"), { className: `notice ${tone}` });
    const text = Object.assign(document.createElement("div"), { className: "grow", textContent: message });
    box.append(icon(tone === "info" ? "info" : "triangle-alert"), text);
    if (!action) return box;
    const select = action.name === "microphone" ? microphoneSelect(microphones) : null;
    box.append(...(select ? [select] : []), this.#button(action, select));
    return box;
  }

  #button({ name, label }, select) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn small",
      textContent: label,
    });
    button.addEventListener("click", () =>
      this.tell("notice-action", { name, microphone: select?.value ?? "" }),
    );
    return button;
  }
}

function microphoneSelect(microphones) {
  const select = Object.assign(document.createElement("select"), {
    className: "input notice-device",
    ariaLabel: "Microphone",
  });
  const named = microphones.filter(({ id, label }) => id && label);
  select.append(...named.map(({ id, label }) => new Option(label, id)));
  if (!named.length) select.append(new Option("Default microphone", ""));
  return select;
}

define("vox-record-notices", RecordNotices);
