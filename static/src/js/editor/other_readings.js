/** What another pass heard, below the lines it is about: it stands on the page and not in the document. */

export class OtherReadings {
  #forms = new Map();

  constructor(editor) {
    this.editor = editor;
  }

  /** Take the forms out of what the server wrote; those of before are gone then. */
  takeFrom(root) {
    for (const form of [...this.#forms.values()].flat()) form.remove();
    this.#forms = new Map();
    for (const form of root.querySelectorAll("form.other")) {
      const { key } = form.dataset;
      this.#forms.set(key, [...(this.#forms.get(key) ?? []), form]);
    }
    this.place(this.#forms.keys());
    this.editor.tell("readings-changed");
  }

  /** A choice was made. */
  drop(form) {
    const { key } = form.dataset;
    const rest = (this.#forms.get(key) ?? []).filter((other) => other !== form);
    if (rest.length) this.#forms.set(key, rest);
    else this.#forms.delete(key);
    form.remove();
  }

  /** The choice was taken back. */
  add(form) {
    const { key } = form.dataset;
    const others = this.#forms.get(key) ?? [];
    if (!others.includes(form)) this.#forms.set(key, [...others, form]);
    this.editor.segmentViews.get(key)?.dom.append(asIsland(form));
  }

  /** Put them below their segments, whose elements may be new. */
  place(ids) {
    for (const id of ids) {
      const forms = this.#forms.get(id);
      const segment = forms && this.editor.segmentViews.get(id)?.dom;
      if (segment && forms[0].parentElement !== segment) segment.append(...forms.map(asIsland));
    }
  }
}

/** No text that somebody writes in. */
function asIsland(form) {
  form.contentEditable = "false";
  return form;
}
