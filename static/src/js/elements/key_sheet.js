import { COMMANDS } from "../editor/command_table.js";
import { addKey, chooseSet, removeKey, resetCommand } from "../editor/key_changes.js";
import { ownKeys } from "../editor/key_choice.js";
import { keyNamesOf, shownKeys } from "../editor/key_names.js";
import { sheetRows } from "../editor/key_rows.js";
import { pageCommandOf } from "../editor/page_keys.js";
import { define, ServerElement } from "../lib/element.js";
import { icon } from "../lib/icon.js";
import { remember, remembered } from "../lib/remember.js";

const OFF_KEY = "voxweb:keys-off";

/** <vox-key-sheet>: shows all keys, lets people change them, and hears the keys outside of the text. */
class KeySheet extends ServerElement {
  /** The command that waits for a key. */
  #waiting = null;

  upgrade(scope) {
    const letters = this.part("letters");
    letters.checked = !remembered(OFF_KEY);
    scope.listen(letters, "change", () => remember(OFF_KEY, letters.checked ? "" : "1"));
    scope.listen(ownKeys, "change", () => this.#show());
    scope.listen(this.part("filter"), "input", () => this.#show());
    scope.listen(this.part("set"), "change", () => this.#choose(chooseSet(this.part("set").value)));
    scope.listen(this.part("reset-all"), "click", () => this.#choose(chooseSet(ownKeys.preference.set)));
    scope.listen(this.part("rows"), "click", (event) => this.#clicked(event));
    scope.listen(document, "keydown", (event) => this.#pressed(event), { capture: true });
    scope.listen(this.#dialog, "close", () => this.#wait(null));
    this.#showWhenOpened(scope);
    scope.listen(document, "keydown", (event) => this.#pageKey(event));
    ownKeys.load();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  open() {
    this.#dialog.showModal();
  }

  /** Buttons open the dialog without asking us. */
  #showWhenOpened(scope) {
    const opened = () => {
      if (!this.#dialog.open) return;
      this.#tell("");
      this.#show();
    };
    scope.observe(new MutationObserver(opened)).observe(this.#dialog, { attributeFilter: ["open"] });
  }

  // -- outside of the text -------------------------------------------------------------------------

  #pageKey(event) {
    const command = pageCommandOf(event, {
      bindings: ownKeys.bindings,
      isMac: ownKeys.isMac,
      groupOf: (name) => COMMANDS[name]?.group,
      withoutLetters: !this.part("letters").checked,
    });
    if (command && this.closest("vox-transcript").run(command)) event.preventDefault();
  }

  // -- the sheet -----------------------------------------------------------------------------------

  #show() {
    const { bindings, isMac } = ownKeys;
    this.part("set").value = bindings.set;
    const groups = sheetRows(COMMANDS, bindings, { isMac, filter: this.part("filter").value });
    this.part("rows").replaceChildren(...groups.map((group) => this.#group(group)));
    this.part("nothing").hidden = groups.length > 0;
    this.part("reset-all").disabled = !Object.keys(ownKeys.preference.changes).length;
  }

  #group({ name, rows }) {
    const section = made("section", "key-group");
    section.append(made("h3", "", name), ...rows.map((row) => this.#row(row)));
    return section;
  }

  #row({ command, label, keys, isChanged, rivals }) {
    const row = made("div", "key-row");
    row.dataset.row = command;
    const name = made("span", "key-label", label);
    if (rivals.length) name.append(made("small", "key-rival", `also ${rivals.join(", ")}`));
    const list = made("span", "key-list");
    list.append(...keys.map((key) => keyButton(key, label, ownKeys.isMac)), this.#adder(command, label));
    row.append(name, list, isChanged ? resetButton(label) : made("span", "key-reset"));
    return row;
  }

  #adder(command, label) {
    if (this.#waiting === command) return waiting();
    const button = iconButton("plus", `Another key for “${label}”`, "key-add");
    button.dataset.act = "add";
    return button;
  }

  // -- changing ------------------------------------------------------------------------------------

  #clicked({ target }) {
    const button = target.closest("button[data-act]");
    const command = target.closest(".key-row")?.dataset.row;
    if (!button) return;
    const { act, key } = button.dataset;
    if (act === "add") this.#wait(command);
    if (act === "remove") this.#choose(removeKey(ownKeys.preference, command, key, ownKeys));
    if (act === "reset") this.#choose(resetCommand(ownKeys.preference, command));
    if (act !== "add") this.#focusRow(command);
  }

  #wait(command) {
    this.#waiting = command;
    if (!this.#dialog.open) return;
    this.#show();
    if (!command) return;
    this.#tell(`Press the new key for “${COMMANDS[command].label}”.`);
    this.querySelector(".key-waiting").focus();
  }

  /** One press, whatever it is; Escape leaves things as they are. */
  #pressed(event) {
    if (!this.#waiting) return;
    const [name] = keyNamesOf(event, ownKeys.isMac);
    event.preventDefault();
    event.stopPropagation();
    if (!name) return;
    const command = this.#waiting;
    this.#waiting = null;
    if (name === "Escape") this.#tell("");
    else this.#give(command, name);
    this.#show();
    this.#focusRow(command);
  }

  #give(command, name) {
    const { preference, takenFrom, problem } = addKey(ownKeys.preference, command, name, ownKeys);
    if (problem) return this.#tell(problem);
    const key = shownKeys(name, ownKeys.isMac).join(" ");
    const labels = takenFrom.map((other) => COMMANDS[other]?.label).filter(Boolean);
    const taken = labels.length ? ` It was “${labels.join("”, “")}” until now.` : "";
    return this.#choose(preference, `${key} is “${COMMANDS[command].label}”.${taken}`);
  }

  async #choose(preference, sentence = "") {
    this.#tell(sentence);
    try {
      await ownKeys.choose(preference);
    } catch (error) {
      this.#tell(`${sentence} This browser keeps it; it could not be sent yet. ${error.message}`.trim());
    }
  }

  #focusRow(command) {
    this.querySelector(`[data-row="${command}"] [data-act="add"]`)?.focus();
  }

  #tell(sentence) {
    this.part("told").textContent = sentence;
  }
}

function made(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function iconButton(name, label, className) {
  const button = made("button", className);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.append(icon(name));
  return button;
}

function waiting() {
  const place = made("span", "key-waiting", "Press a key · Esc leaves it");
  place.tabIndex = -1;
  return place;
}

function keyButton(key, label, isMac) {
  const caps = shownKeys(key, isMac);
  const button = made("button", "key-cap");
  button.type = "button";
  Object.assign(button.dataset, { act: "remove", key });
  button.setAttribute("aria-label", `Take ${caps.join(" ")} away from “${label}”`);
  button.title = "Take this key away";
  // With spaces between them, so that what is seen is what the label says.
  button.append(...caps.flatMap((cap, n) => (n ? [" ", made("kbd", "", cap)] : [made("kbd", "", cap)])));
  return button;
}

function resetButton(label) {
  const button = iconButton("undo-2", `Keys of “${label}” as they were`, "key-reset");
  button.dataset.act = "reset";
  return button;
}

define("vox-key-sheet", KeySheet);
