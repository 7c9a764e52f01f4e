/** What the form greys out for a model, with the reason a person reads. */

const open = (reason = "") => ({ disabled: false, reason });
const shut = (reason) => ({ disabled: true, reason });

/** `languages` lists what may be chosen, or is null where the model takes any. */
function language(model) {
  if (!model.language) return { ...shut("This model detects the language itself."), languages: [] };
  if (model.languages.length === 1) {
    return { ...shut("This model understands one language only."), languages: model.languages };
  }
  return { ...open(), languages: model.languages.length ? model.languages : null };
}

function speakerCount(model, diarize) {
  if (!model.diarize || !diarize) return shut("Only used when speakers are told apart.");
  if (!model.speaker_count_hint) return shut("This model finds the number itself.");
  return open("Leave it empty unless you are sure.");
}

function vocabulary(model) {
  if (model.bias === "none") return shut("This model cannot take a vocabulary.");
  const most = model.max_bias_items ? `, at most ${model.max_bias_items}` : "";
  if (model.bias === "single_words")
    return open(`Names and terms, one per line${most}. Single words work best.`);
  return open(`Names and terms that should come out right, one per line${most}.`);
}

/** Field name -> {disabled, reason}; `chosen.diarize` says whether speakers are to be told apart. */
export function limits(model, chosen) {
  return {
    language: language(model),
    diarize: model.diarize ? open() : shut("This model cannot tell speakers apart."),
    speaker_count: speakerCount(model, chosen.diarize),
    context_bias: vocabulary(model),
    temperature: model.temperature
      ? open("0 is the most repeatable; higher values are freer.")
      : shut("This model has no temperature."),
  };
}

/** The chosen values as text for tus metadata: what is greyed out or empty is left out. */
export function metadata(model, values) {
  const allowed = limits(model, { diarize: values.diarize });
  const given = { model: model.id, diarize: String(Boolean(values.diarize && model.diarize)) };
  for (const field of ["language", "speaker_count", "context_bias", "temperature"]) {
    const value = String(values[field] ?? "").trim();
    if (value && !allowed[field].disabled) given[field] = value;
  }
  return given;
}
