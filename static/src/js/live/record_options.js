/** What the options of a recording allow, for the model of the captions and the one of the pass afterwards. */

const open = (reason = "") => ({ disabled: false, reason });
const shut = (reason) => ({ disabled: true, reason });

/** The value of "No live captions". */
export const NO_CAPTIONS = "none";

function language(live, later) {
  const takers = [live, later].filter((model) => model?.language);
  if (!takers.length) return { ...shut("The language is detected."), languages: [] };
  const lists = takers.map((model) => model.languages).filter((codes) => codes.length);
  const languages = lists.length
    ? lists.reduce((all, codes) => all.filter((code) => codes.includes(code)))
    : null;
  if (languages?.length === 1) return { ...shut("Only this language is understood here."), languages };
  const reason = live && !live.language ? "Live captions detect it; the text afterwards is told." : "";
  return { ...open(reason), languages };
}

function diarize(live, later) {
  if (!later.diarize && !live?.diarize) return shut("Speakers cannot be told apart here.");
  if (live && !live.diarize) return open("Names come with the text afterwards, not in live captions.");
  return open(later.diarize ? "" : "In live captions only.");
}

function speakerCount(later, isWanted) {
  if (!isWanted || !later.diarize) return shut("Only used when speakers are told apart.");
  if (!later.speaker_count_hint) return shut("The number is found by itself.");
  return open("Leave it empty unless you are sure.");
}

function vocabulary(live, later) {
  const takers = [live, later].filter((model) => model && model.bias !== "none");
  if (!takers.length) return shut("A vocabulary cannot be used here.");
  const words = "Names and terms that should come out right, one per line.";
  if (live && live.bias === "none") return open(`${words} Used for the text afterwards.`);
  return open(later.bias === "none" ? `${words} Used for live captions.` : words);
}

function turnDetection(live, isDiarized) {
  if (!live?.turn_detection) return shut("These captions have no turn detection.");
  if (live.diarize && isDiarized) return shut("Not together with telling speakers apart.");
  return open("Captions settle as soon as somebody has finished.");
}

/** Field name -> {disabled, reason}; `live` is null without live captions, `chosen.diarize` a wish. */
export function recordLimits(live, later, chosen) {
  return {
    language: language(live, later),
    diarize: diarize(live, later),
    speaker_count: speakerCount(later, chosen.diarize),
    context_bias: vocabulary(live, later),
    delay_ms: live?.delays_ms.length
      ? open("Longer is more accurate.")
      : shut("These captions have one pace."),
    turn_detection: turnDetection(live, chosen.diarize),
  };
}

/** The options of `start`: what is greyed out or empty is left out. */
export function recordOptions(live, later, values) {
  const limits = recordLimits(live, later, values);
  const given = { live_model: live ? live.id : NO_CAPTIONS, model: later.id };
  for (const field of Object.keys(limits)) {
    const value = values[field];
    if (limits[field].disabled || value === "" || value === undefined) continue;
    given[field] = value;
  }
  return given;
}
