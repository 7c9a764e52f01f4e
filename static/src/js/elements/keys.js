import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";
import { RECORD_SHORTCUTS, recordCommandOf } from "../live/record_keys.js";

const OFF_KEY = "voxweb:keys-off";

/** <vox-keys>: the sheet of keys of the record page, and the switch for people whose speech input types letters. */
class Keys extends ServerElement {
  upgrade(scope) {
    this.part("keys").replaceChildren(...RECORD_SHORTCUTS.flatMap(entry));
    const box = this.part("keys-on");
    box.checked = !remembered(OFF_KEY);
    scope.listen(box, "change", () => remember(OFF_KEY, box.checked ? "" : "1"));
  }

  open() {
    this.querySelector("dialog").showModal();
  }

  /** The command of a key press; "?" works even while the other keys are off. */
  commandOf(event) {
    const command = recordCommandOf(event);
    return this.part("keys-on").checked || command === "keys" ? command : null;
  }
}

function entry({ shown, label }) {
  const term = document.createElement("dt");
  term.append(...shown.map((key) => Object.assign(document.createElement("kbd"), { textContent: key })));
  return [term, Object.assign(document.createElement("dd"), { textContent: label })];
}

define("vox-keys", Keys);
