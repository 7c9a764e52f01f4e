/** The browser's own recording of a take as a file to save. */

const SLICES_AT_A_TIME = 300;
const KINDS = [
  { type: "audio/mp4", ending: "m4a", sign: [0x66, 0x74, 0x79, 0x70], at: 4 },
  { type: "audio/ogg", ending: "ogg", sign: [0x4f, 0x67, 0x67, 0x53], at: 0 },
];
const WEBM = { type: "audio/webm", ending: "webm" };

/** Whether it can be played at all: one opening of the microphone, every slice kept. */
export const hasCopy = ({ copy }) => copy.slices > 0 && copy.openings === 1 && !copy.isBroken;

/** `{blob, name}` from the take's slices in the store. */
export async function copyFile(store, { id, title }) {
  const all = [];
  for (let first = 0; ; first += SLICES_AT_A_TIME) {
    const slices = await store.slices(id, first, SLICES_AT_A_TIME);
    if (!slices.length) break;
    all.push(...slices);
  }
  const { type, ending } = kindOf(new Uint8Array(all[0] ?? new ArrayBuffer(0)));
  return {
    blob: new Blob(all, { type }),
    name: `${title.replace(/[\\/:*?"<>|\s]+/g, " ").trim()}.${ending}`,
  };
}

function kindOf(bytes) {
  const is = ({ sign, at }) => sign.every((byte, index) => bytes[at + index] === byte);
  return KINDS.find(is) ?? WEBM;
}
