const LIFE_MS = 10_000;

/** Show a short message at the foot of the page, with one action; answers a function that removes it. */
export function toast(text, { label, action } = {}) {
  const box = document.createElement("div");
  box.className = "toast";
  box.append(Object.assign(document.createElement("span"), { className: "grow", textContent: text }));
  const remove = () => box.remove();
  const act = () => {
    remove();
    action();
  };
  if (label) box.append(button(label, act));
  shelf().replaceChildren(box);
  expire(box, remove);
  return remove;
}

function button(label, action) {
  const made = Object.assign(document.createElement("button"), {
    className: "btn small",
    textContent: label,
  });
  made.addEventListener("click", action);
  return made;
}

/** One live region for all messages, made before the first of them so that it is announced. */
function shelf() {
  let found = document.querySelector(".toasts");
  if (!found) {
    found = Object.assign(document.createElement("div"), { className: "toasts", role: "status" });
    document.body.append(found);
  }
  return found;
}

/** It stays while somebody points at it or has the focus in it. */
function expire(box, remove) {
  const tick = () => (box.matches(":hover, :focus-within") ? setTimeout(tick, 1000) : remove());
  setTimeout(tick, LIFE_MS);
}
