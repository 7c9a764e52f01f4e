/** Ready-made sets of keys: the name of a command -> its keys. Everybody can change every one of them. */

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const numbered = (command, prefix) =>
  Object.fromEntries(DIGITS.map((n) => [`${command}${n}`, [`${prefix}${n}`]]));

/** The same in every set. Keys without Ctrl, ⌘ or Alt that type something hold outside the text only. */
const COMMON = {
  toggle: ["Space", "k"],
  back5: ["ArrowLeft"],
  forward5: ["ArrowRight"],
  back10: ["j"],
  forward10: ["l"],
  previousLine: ["["],
  nextLine: ["]"],
  slower: ["<", ","],
  faster: [">", "."],
  follow: ["f", "Alt-b"],
  mark: ["m", "Alt-m"],
  keys: ["?", "Mod-/"],
  split: ["Enter"],
  join: ["Backspace"],
  undo: ["Mod-z"],
  redo: ["Mod-Shift-z", "Mod-y"],
  find: ["Mod-f"],
  replace: ["Mod-h", "Mod-Alt-f"],
  findNext: ["Mod-g"],
  findPrevious: ["Mod-Shift-g"],
  goToTime: ["Mod-k"],
  nextDoubt: ["Mod-."],
  previousDoubt: ["Mod-,"],
  checkDoubt: ["Mod-Enter"],
  showDoubts: ["Mod-Shift-."],
  nextConflict: ["Alt-c"],
  previousConflict: ["Alt-Shift-c"],
  playHere: ["Alt-p"],
  playSegment: ["Alt-Enter"],
  playSelection: ["Alt-Shift-Enter"],
  loop: ["Alt-r"],
  otherSpeed: ["Alt-u"],
  startHere: ["Alt-i"],
  endHere: ["Alt-o"],
  startHereAlone: ["Alt-Shift-i"],
  endHereAlone: ["Alt-Shift-o"],
  startEarlier: ["Alt-["],
  startLater: ["Alt-]"],
  endEarlier: ["Alt-Shift-["],
  endLater: ["Alt-Shift-]"],
  ...numbered("turnSpeaker", "Mod-"),
  ...numbered("speaker", "Mod-Shift-"),
  speaker0: ["Mod-0"],
  renameSpeaker: ["Alt-n"],
  newSpeaker: ["Mod-Shift-Enter"],
  saveVersion: ["Mod-s"],
  openHistory: ["Mod-Alt-h"],
  whoChangedThis: ["Mod-Alt-w"],
};

/** `more` in front of the common keys of a command, or in their place where `only` says so. */
function setOf(more, only = {}) {
  const names = new Set([...Object.keys(COMMON), ...Object.keys(more)]);
  const keys = [...names].map((name) => [name, [...(more[name] ?? []), ...(COMMON[name] ?? [])]]);
  return { ...Object.fromEntries(keys), ...only };
}

const FUNCTION_KEYS = { slower: ["F3"], faster: ["F4"] };
const ALT_SOUND = { toggle: ["Alt-k"], back3: ["Alt-j"], forward3: ["Alt-l"] };

export const KEY_SETS = {
  voxweb: {
    label: "voxweb",
    keys: setOf({
      ...FUNCTION_KEYS,
      toggle: ["Tab", "Escape", "Alt-k"],
      back3: ["Shift-Tab", "Alt-j", "F1", "Mod-ArrowLeft"],
      forward3: ["Alt-l", "F2", "Mod-ArrowRight"],
    }),
  },
  otranscribe: {
    label: "oTranscribe",
    keys: setOf(
      {
        toggle: ["Escape"],
        back3: ["F1", "Mod-1"],
        forward3: ["F2", "Mod-2"],
        slower: ["F3", "Mod-3"],
        faster: ["F4", "Mod-4"],
        toStart: ["Mod-0"],
      },
      { ...numbered("turnSpeaker", "Alt-"), ...numbered("speaker", "Alt-Shift-"), speaker0: ["Alt-0"] },
    ),
  },
  descript: {
    label: "Descript",
    keys: setOf({
      ...ALT_SOUND,
      toggle: ["Alt-k", "Mod-Space"],
      findNext: ["F3"],
      findPrevious: ["Shift-F3"],
    }),
  },
  "subtitle-edit": {
    label: "Subtitle Edit",
    keys: setOf(
      {
        toggle: ["Mod-Space"],
        backHalf: ["Alt-ArrowLeft"],
        forwardHalf: ["Alt-ArrowRight"],
        toStart: ["Mod-Home"],
        split: ["Mod-Alt-v"],
        join: ["Mod-Shift-m"],
        nextDoubt: ["F8"],
        previousDoubt: ["Shift-F8"],
        startHere: ["F11"],
        endHere: ["F12"],
      },
      { findNext: ["F3"], findPrevious: ["Shift-F3"], goToTime: ["Mod-g"] },
    ),
  },
};

export const FIRST_SET = "voxweb";
