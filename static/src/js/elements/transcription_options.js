import { define, ServerElement } from "../lib/element.js";
import { limits, metadata } from "../upload/abilities.js";

/** <vox-transcription-options>: the form greys out what the chosen model cannot do, and says why. */
class TranscriptionOptions extends ServerElement {
  upgrade(scope) {
    this.form = this.part("form");
    this.models = JSON.parse(this.querySelector("#model-abilities").textContent);
    scope.listen(this.form, "change", () => this.#limit());
    scope.listen(this.form, "submit", (event) => this.form.method === "post" || event.preventDefault());
    this.#limit();
  }

  /** True where every value can be used; otherwise the browser points at the wrong one. */
  check() {
    const wrong = this.form.querySelector(":invalid:not(fieldset)");
    wrong?.closest("details")?.setAttribute("open", "");
    return this.form.reportValidity();
  }

  /** The choices as tus metadata. */
  get metadata() {
    const { language, speaker_count, context_bias, temperature } = this.form.elements;
    return metadata(this.#model, {
      language: language.value,
      diarize: this.form.elements.diarize.checked,
      speaker_count: speaker_count.value,
      context_bias: context_bias.value,
      temperature: temperature.value,
    });
  }

  get #model() {
    return this.models.find((model) => model.id === this.form.elements.model.value);
  }

  #limit() {
    const model = this.#model;
    const found = limits(model, { diarize: this.form.elements.diarize.checked });
    this.part("model-hint").textContent = model.note;
    for (const [field, limit] of Object.entries(found)) {
      this.form.elements[field].disabled = limit.disabled;
      this.part(`${field}-hint`).textContent = limit.reason;
    }
    this.#offer(found.language.languages);
  }

  /** Leave out languages that the model does not know; a model with one language shows that one. */
  #offer(codes) {
    const select = this.form.elements.language;
    for (const option of select.options) {
      option.hidden = option.disabled =
        Boolean(option.value) && codes !== null && !codes.includes(option.value);
    }
    if (codes?.length === 1) select.value = codes[0];
    else if (select.selectedOptions[0]?.disabled) select.value = "";
  }
}

define("vox-transcription-options", TranscriptionOptions);
