/** Canvas knows no custom properties: ask the browser what the tokens are in the current scheme. */

const HUES = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** `{hues, wave}` as CSS colours; `host` is an element whose style sheet knows `.probe`. */
export function readColours(host) {
  const probe = document.createElement("i");
  host.append(probe);
  const colourOf = (name) => {
    probe.className = name;
    return getComputedStyle(probe).color;
  };
  const hues = Object.fromEntries(HUES.map((hue) => [hue, colourOf(`probe hue-${hue}`)]));
  const wave = colourOf("probe ink");
  probe.remove();
  return { hues, wave };
}
