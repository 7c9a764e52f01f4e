/** Draws paragraphs of captions into a box; those that did not change keep their element. */

export class CaptionParagraphs {
  #shown = new Map();

  constructor(box) {
    this.box = box;
    box.replaceChildren();
  }

  /** `paragraphs` as `CaptionLines.paragraphs()` gives them. */
  show(paragraphs) {
    const old = this.#shown;
    this.#shown = new Map();
    let before = null;
    for (const paragraph of paragraphs) {
      const { element, signature } = old.get(paragraph.key) ?? { element: document.createElement("div") };
      const now = JSON.stringify([paragraph, before === paragraph.speaker]);
      if (signature !== now) fill(element, paragraph, before !== paragraph.speaker);
      this.#shown.set(paragraph.key, { element, signature: now });
      before = paragraph.speaker;
    }
    this.#order([...this.#shown.values()].map(({ element }) => element));
  }

  #order(wanted) {
    const keep = new Set(wanted);
    for (const element of [...this.box.children]) if (!keep.has(element)) element.remove();
    wanted.forEach((element, index) => {
      if (this.box.children[index] !== element) {
        this.box.insertBefore(element, this.box.children[index] ?? null);
      }
    });
  }
}

function fill(element, { speaker, hue, items }, isTurn) {
  element.className = `caption-line hue-${hue}`;
  const name = speaker && isTurn ? [made("b", "caption-name", speaker)] : [];
  const text = document.createElement("p");
  for (const item of items) {
    if (item.kind === "mark") continue;
    if (text.hasChildNodes()) text.append(" ");
    text.append(item.kind === "soft" ? made("span", "soft", item.text) : item.text);
  }
  element.replaceChildren(...name, text);
}

function made(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}
