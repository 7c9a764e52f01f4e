/** How captions look, as each reader chooses it for their own device. */

/** Steps of the type size; the style sheet knows what they mean. */
export const SIZES = ["1", "2", "3", "4", "5", "6", "7", "8"];

const CHOICES = {
  size: { offered: SIZES, usual: "4" },
  look: { offered: ["device", "light", "dark", "yellow", "contrast"], usual: "device" },
  lines: { offered: ["2", "3", "4", "6", "all"], usual: "4" },
  align: { offered: ["start", "center"], usual: "start" },
  place: { offered: ["end", "middle", "top"], usual: "end" },
};

/** The choices in `text` (JSON, or anything at all); what is missing or unknown is as usual. */
export function readChoices(text) {
  const kept = parsed(text);
  return Object.fromEntries(
    Object.entries(CHOICES).map(([name, { offered, usual }]) => [
      name,
      offered.includes(kept[name]) ? kept[name] : usual,
    ]),
  );
}

export const writeChoices = (choices) => JSON.stringify(choices);

/** The choices with one of them moved by `step`; the size ends at its ends, colours begin again. */
export function stepped(choices, name, step) {
  const { offered } = CHOICES[name];
  const at = offered.indexOf(choices[name]) + step;
  const next =
    name === "size" ? Math.min(Math.max(at, 0), offered.length - 1) : (at + offered.length) % offered.length;
  return { ...choices, [name]: offered[next] };
}

function parsed(text) {
  try {
    const found = JSON.parse(text);
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}
