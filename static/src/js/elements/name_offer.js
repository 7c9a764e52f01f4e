/** One name to choose, `{name, voice}`: with the colour and the key of a voice that is here already. */

let made = 0;

export function offerElement({ name, voice }) {
  const option = Object.assign(document.createElement("li"), { className: "offer", role: "option" });
  made += 1;
  option.id = `name-offer-${made}`;
  option.dataset.name = name;
  option.setAttribute("aria-selected", "false");
  if (voice) option.classList.add(`hue-${voice.hue}`);
  option.append(span("dot"), span("truncate grow", name));
  if (voice && voice.number <= 9) {
    const key = { className: "offer-key", textContent: voice.number, ariaHidden: "true" };
    option.append(Object.assign(document.createElement("kbd"), key));
  }
  const here = span("offer-here", "only here");
  here.dataset.part = "here";
  here.ariaHidden = "true";
  option.append(here);
  return option;
}

const span = (className, textContent = "") =>
  Object.assign(document.createElement("span"), { className, textContent });
