import { BYTES_PER_MS } from "../audio/sound_format.js";
import { length } from "../lib/amounts.js";
import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";
import { LevelWords } from "../live/level_words.js";
import { recordLimits, recordOptions } from "../live/record_options.js";

const REMEMBERED = "voxweb:record";
const SWITCHES = ["echoCancellation", "noiseSuppression", "autoGainControl"];
const NEVER_KEPT = new Set(["title", "device"]);
const ASKING = { tone: "", text: "Your browser asks whether this page may listen. Allow it to go on." };
const BEFORE = {
  microphone: "The bars move once your browser lets the page listen.",
  tab: "Your browser asks which tab. Share its sound too.",
  both: "Your browser asks for the microphone, then for the tab. Share its sound too.",
};

/**
 * <vox-record-setup>: everything chosen before a take; remembered in this browser, the title excepted.
 *
 * Tells "sound-chosen" when another sound is to be heard, and "check" when the person wants to hear it now.
 */
class RecordSetup extends ServerElement {
  upgrade(scope) {
    this.form = this.part("form");
    this.fields = this.form.elements;
    this.abilities = JSON.parse(this.querySelector("#record-abilities").textContent);
    this.fields.title.placeholder = this.#defaultTitle();
    this.#recall();
    scope.listen(this.form, "submit", (event) => event.preventDefault());
    scope.listen(this.form, "change", (event) => this.#changed(event));
    scope.listen(this.part("check"), "click", () => this.tell("check"));
    this.#paint();
  }

  get title() {
    return this.fields.title.value.trim() || this.fields.title.placeholder;
  }

  get source() {
    return this.fields.source.value;
  }

  /** What `Recorder.arm` takes. */
  get sound() {
    const switches = SWITCHES.map((name) => [name, this.fields[name].checked]);
    return { source: this.source, deviceId: this.microphone, ...Object.fromEntries(switches) };
  }

  get microphone() {
    return this.fields.device.value;
  }

  get soundName() {
    if (this.source === "tab") return "Sound of a tab";
    const device = this.fields.device.selectedOptions[0].textContent.replace(/^Default - /, "");
    return this.source === "both" ? `${device} and a tab` : device;
  }

  /** The options of the take, as `start` takes them. */
  get options() {
    const value = (name) => this.fields[name].value.trim();
    return recordOptions(this.#live, this.#later, {
      language: value("language"),
      delay_ms: value("delay_ms"),
      diarize: this.fields.diarize.checked,
      context_bias: value("context_bias"),
      turn_detection: this.fields.turn_detection.checked,
      speaker_count: value("speaker_count"),
    });
  }

  /** True where every value can be used; otherwise the browser points at the wrong one. */
  check() {
    const wrong = this.form.querySelector(":invalid:not(fieldset)");
    wrong?.closest("details")?.setAttribute("open", "");
    return this.form.reportValidity();
  }

  /** Offer the microphones ([{id, label}]) that are there; `chosen` is the id of the one used last. */
  showMicrophones(microphones, chosen) {
    const usual = microphones.find(({ id }) => id === "default");
    const others = microphones.filter(({ id }) => id && id !== "default");
    const options = others.map(({ id, label }) => new Option(label, id));
    this.fields.device.replaceChildren(new Option(usual?.label || "Default microphone", ""), ...options);
    this.fields.device.value = others.some(({ id }) => id === chosen) ? chosen : "";
    this.fields.device.disabled = options.length === 0;
  }

  showLevel(level) {
    this.querySelector("vox-meter").show(level);
    this.words ??= new LevelWords(this.source);
    this.#say(this.words.hear(level, performance.now()));
    this.part("check").hidden = true;
  }

  /** The browser has a question open. */
  wait() {
    this.#say(ASKING);
    this.part("check").hidden = true;
  }

  /** Nothing is heard yet; a `trouble` sentence says why. */
  rest(trouble = "") {
    this.words = null;
    this.querySelector("vox-meter").rest();
    this.#say(trouble ? { tone: "bad", text: trouble } : { tone: "", text: BEFORE[this.source] });
    this.part("check").textContent = this.#checkWords(trouble);
    this.part("check").hidden = false;
  }

  /** Go on with a take of this browser: only the sound can be chosen anew. */
  continueTake({ title, source, captured }) {
    this.fields.title.value = title;
    this.fields.title.disabled = true;
    this.fields.source.value = source;
    this.part("options").hidden = true;
    this.part("continued").hidden = false;
    this.part("continued-text").textContent =
      `${length(captured / BYTES_PER_MS)} are recorded. What you say next comes after them.`;
    this.#paint();
  }

  /** Leave out what this browser cannot do. */
  hideTabs() {
    for (const choice of this.parts("needs-tab")) choice.hidden = true;
    if (this.source !== "microphone") this.fields.source.value = "microphone";
    this.#paint();
  }

  #checkWords(trouble) {
    if (trouble) return "Try again";
    return this.source === "microphone" ? "Check the sound" : "Choose the tab";
  }

  #say({ tone, text }) {
    const place = this.part("level-words");
    if (place.textContent === text) return;
    place.textContent = text;
    place.dataset.tone = tone;
  }

  get #live() {
    return this.abilities.live.find(({ id }) => id === this.fields.live_model.value) ?? null;
  }

  get #later() {
    return this.abilities.later.find(({ id }) => id === this.fields.model.value);
  }

  #defaultTitle() {
    const when = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    return `Recording of ${when.replace(" at ", ", ")}`;
  }

  #changed({ target }) {
    this.#keep();
    this.#paint();
    if (["source", "device", ...SWITCHES].includes(target.name)) this.tell("sound-chosen");
  }

  #paint() {
    const limits = recordLimits(this.#live, this.#later, { diarize: this.fields.diarize.checked });
    for (const [field, { disabled, reason }] of Object.entries(limits)) {
      this.fields[field].disabled = disabled;
      this.part(`${field}-hint`).textContent = reason;
    }
    this.part("live_model-hint").textContent =
      this.#live?.note ?? "Nothing is shown while you record; the text comes after you stop.";
    this.part("model-hint").textContent = this.#later.note;
    this.part("device-row").hidden = this.source === "tab";
    this.#offer(limits.language.languages, this.fields.language, (option) => option.value);
    this.#offer(this.#live?.delays_ms ?? null, this.fields.delay_ms, (option) => Number(option.value));
    this.#summarise();
  }

  /** Leave out choices that the model does not know; a single one is shown. */
  #offer(allowed, select, read) {
    for (const option of select.options) {
      const isOut = Boolean(option.value) && allowed !== null && !allowed.includes(read(option));
      option.hidden = option.disabled = isOut;
    }
    if (select.name === "language" && allowed?.length === 1) select.value = allowed[0];
    else if (select.selectedOptions[0]?.disabled) select.value = "";
  }

  #summarise() {
    const captions = this.#live ? this.#live.label : "no live captions";
    const { language } = this.fields;
    const tongue = language.value ? language.selectedOptions[0].textContent : "";
    this.part("options-summary").textContent = [captions, tongue].filter(Boolean).join(", ");
  }

  // -- remembering -------------------------------------------------------------------------------

  #keep() {
    const kept = {};
    for (const field of this.fields) {
      if (!field.name || NEVER_KEPT.has(field.name)) continue;
      if (field.type === "radio" && !field.checked) continue;
      kept[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    remember(REMEMBERED, JSON.stringify(kept));
  }

  #recall() {
    for (const [name, value] of Object.entries(JSON.parse(remembered(REMEMBERED) ?? "{}"))) {
      const field = this.fields[name];
      if (typeof value === "boolean") field.checked = value;
      else if (field instanceof RadioNodeList || hasChoice(field, value)) field.value = value;
    }
  }
}

/** A model or language that was chosen once may be gone. */
const hasChoice = (field, value) =>
  field.localName !== "select" || [...field.options].some((option) => option.value === value);

define("vox-record-setup", RecordSetup);
