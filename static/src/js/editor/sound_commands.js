/** What can be done with the sound and with the times of a segment, by name; all of it while somebody types. */

import { segmentInMind, wordsIn } from "./segment_in_mind.js";
import { setEdge } from "./segment_times.js";
import { spanOfSegment, spanOfSelection } from "./sounding_span.js";

const STEP_MS = 50;
const FINE_MS = 10;

/** Of these the dock knows how: they need no text. */
const OF_THE_DOCK = {
  toggle: "Play or pause",
  back3: "Back 3 seconds",
  forward3: "Forward 3 seconds",
  back5: "Back 5 seconds",
  forward5: "Forward 5 seconds",
  back10: "Back 10 seconds",
  forward10: "Forward 10 seconds",
  backHalf: "Back half a second",
  forwardHalf: "Forward half a second",
  slower: "Slower",
  faster: "Faster",
  otherSpeed: "Slow speed and back",
  toStart: "To the start",
  slowForTyping: "Slow down while I type, or not",
  zoomIn: "Show less of the waveform",
  zoomOut: "Show more of the waveform",
  screen: "Show or hide the video",
  playback: "Choices for playback",
};

const dockCommands = Object.fromEntries(
  Object.entries(OF_THE_DOCK).map(([name, label]) => [
    name,
    { label, group: "Sound", run: audible((editor) => editor.page.dock.run(name)) },
  ]),
);

/** A command that does something with the player; `act(editor, state)` may answer false for "nothing to do". */
function audible(act) {
  return (state, dispatch, editor) => {
    if (!editor.player) return false;
    return dispatch ? act(editor, state) !== false : true;
  };
}

function playSegment(editor) {
  const segment = segmentInMind(editor);
  if (!segment) return false;
  const { fromMs, toMs } = spanOfSegment(segment.node);
  return editor.player.playSpan(fromMs, toMs);
}

function playSelection(editor, state) {
  const span = spanOfSelection(state, wordsIn(editor));
  return span ? editor.player.playSpan(span.fromMs, span.toMs) : playSegment(editor);
}

function playHere(editor, state) {
  const ms = editor.momentOf(state.selection.head);
  return ms === null ? false : editor.playFrom(ms);
}

function goToLine(step) {
  return (editor) => {
    const line = editor.lines.beside(editor.player.ms, step);
    return line ? editor.player.seek(line.startMs) : false;
  };
}

function zoomSegment(editor) {
  const segment = segmentInMind(editor);
  if (!segment) return false;
  const { fromMs, toMs } = spanOfSegment(segment.node);
  return editor.page.dock.wave.showSpan(fromMs, toMs);
}

/** The page knows how, with a recording and while one is made. */
function onPage(name) {
  return (_state, dispatch, editor) => (dispatch ? editor.page.run(name) : true);
}

/**
 * Move an edge of the segment one works on to `momentOf(node, editor)`: one step that can be undone. `forced` moves it
 * alone, so that two edges that touch can be parted.
 */
function edgeTo(edge, momentOf, { forced = false } = {}) {
  return (state, dispatch, editor) => {
    const segment = editor.canEdit && editor.player && segmentInMind(editor);
    if (!segment) return false;
    const options = { wordsOf: wordsIn(editor), durationMs: editor.player.durationMs, forced };
    const tr = setEdge(state, segment.node.attrs.id, edge, momentOf(segment.node, editor), options);
    if (tr) dispatch?.(tr);
    return tr !== null;
  };
}

const playhead = (_node, editor) => editor.player.ms;
const startBy = (byMs) => edgeTo("start", ({ attrs }) => attrs.start_ms + byMs);
const endBy = (byMs) => edgeTo("end", ({ attrs }) => attrs.end_ms + byMs);

export const soundCommands = {
  ...dockCommands,
  loop: {
    label: "Repeat this passage or what is selected",
    group: "Sound",
    run: audible((editor) => editor.page.dock.loop.toggle()),
  },
  playSegment: { label: "Play this passage once", group: "Sound", run: audible(playSegment) },
  playSelection: { label: "Play what is selected once", group: "Sound", run: audible(playSelection) },
  playHere: { label: "Play from the caret", group: "Sound", run: audible(playHere) },
  previousLine: { label: "Previous passage", group: "Sound", run: audible(goToLine(-1)) },
  nextLine: { label: "Next passage", group: "Sound", run: audible(goToLine(1)) },
  follow: { label: "Back to the spoken word", group: "Sound", run: onPage("follow") },
  mark: { label: "Mark this moment", group: "Sound", run: onPage("mark") },
  zoomSegment: { label: "Show this passage in the waveform", group: "Sound", run: audible(zoomSegment) },
  startHere: { label: "Passage starts here", group: "Times", run: edgeTo("start", playhead) },
  endHere: { label: "Passage ends here", group: "Times", run: edgeTo("end", playhead) },
  startHereAlone: {
    label: "Passage starts here, the one before stays",
    group: "Times",
    run: edgeTo("start", playhead, { forced: true }),
  },
  endHereAlone: {
    label: "Passage ends here, the next one stays",
    group: "Times",
    run: edgeTo("end", playhead, { forced: true }),
  },
  startEarlier: { label: "Start a little earlier", group: "Times", run: startBy(-STEP_MS) },
  startLater: { label: "Start a little later", group: "Times", run: startBy(STEP_MS) },
  endEarlier: { label: "End a little earlier", group: "Times", run: endBy(-STEP_MS) },
  endLater: { label: "End a little later", group: "Times", run: endBy(STEP_MS) },
  startEarlierFine: { label: "Start a hair earlier", group: "Times", run: startBy(-FINE_MS) },
  startLaterFine: { label: "Start a hair later", group: "Times", run: startBy(FINE_MS) },
  endEarlierFine: { label: "End a hair earlier", group: "Times", run: endBy(-FINE_MS) },
  endLaterFine: { label: "End a hair later", group: "Times", run: endBy(FINE_MS) },
};
