"""From options to form fields: each model gets what it accepts, and a notice tells what it did not."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from transcripts.speech.call import Call, FormValue, JsonPart
from transcripts.speech.context_bias import prepare_bias
from transcripts.speech.errors import SpeechRequestRejected
from transcripts.speech.model_capabilities import ModelCapabilities
from transcripts.speech.sources import AudioSource, source_fields, source_parts
from transcripts.speech.wire import Notice

MOST_SPEAKER_REFERENCES = 8

_PATH = "/v1/audio/transcriptions"


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """What to ask for. ``language``: ISO 639-1, a locale such as ``de-DE`` is reduced to ``de``; ``None``
    detects it. ``timestamp_granularities``: "segment", "word". ``speaker_references``: name to the bytes of
    a clip of 3-15 s (WAV), at most 8, with ``diarize``. ``speaker_count``: a hint for the embedded engine.
    """

    model: str
    language: str | None = None
    diarize: bool = False
    temperature: float | None = None
    context_bias: tuple[str, ...] = ()
    timestamp_granularities: tuple[str, ...] = ()
    speaker_references: Mapping[str, bytes] = field(default_factory=dict)
    speaker_count: int | None = None


@dataclass(frozen=True, slots=True)
class TranscriptionRequest:
    """Options fitted to a model, and what a person should know about the fitting.

    ``bias_items`` are the phrases as the person wrote them, to undo what the model's spelling did to them.
    ``streams`` asks for events instead of one whole answer.
    """

    source: AudioSource
    options: TranscriptionOptions
    bias_items: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    streams: bool = False

    def call(self) -> Call:
        """The HTTP call; fields are in the order of the official SDK."""
        return Call(
            "POST",
            _PATH,
            form=_form(self.source, self.options, self.streams),
            parts=(*source_parts(self.source), *_reference_parts(self.options)),
            accept="text/event-stream" if self.streams else "application/json",
            handles_audio=True,
        )

    def without(self, notice: Notice, **cleared: object) -> TranscriptionRequest:
        """The same request with some options changed and one more notice."""
        return replace(
            self,
            options=replace(self.options, **cleared),  # type: ignore[arg-type]  # names and types of the fields
            notices=(*self.notices, notice),
        )


def fitted_request(
    source: AudioSource,
    options: TranscriptionOptions,
    capabilities: ModelCapabilities,
    *,
    streams: bool = False,
) -> TranscriptionRequest:
    """Fit options to a model. Raises `SpeechRequestRejected` where leaving out would change the result."""
    _check_references(options)
    request = TranscriptionRequest(source, options, bias_items=options.context_bias, streams=streams)
    for fit in (_fit_speakers, _fit_timestamps, _fit_language, _fit_temperature, _fit_bias):
        request = fit(request, capabilities)
    return request


def primary_subtag(language: str) -> str:
    """``de`` of ``de-DE``. Raises `SpeechRequestRejected` for what is not a code of two letters."""
    subtag = re.split(r"[-_]", language.strip().lower())[0]
    if not re.fullmatch(r"[a-z]{2}", subtag):
        raise _rejected(f"“{language[:20]}” is not a language code of two letters, such as “en”.", "language")
    return subtag


def left_out(parameter: str, model: ModelCapabilities, ability: str) -> Notice:
    """The notice that ``model`` cannot do what ``ability`` says."""
    return Notice(f"{parameter}_ignored", f"{model.label} cannot {ability}, so that option was left out.")


def _fit_speakers(request: TranscriptionRequest, model: ModelCapabilities) -> TranscriptionRequest:
    options = request.options
    if options.diarize and not model.diarize:
        request = request.without(
            left_out("diarize", model, "tell speakers apart"), diarize=False, speaker_references={}
        )
    elif options.speaker_references and not model.speaker_references:
        request = request.without(
            left_out("speaker_references", model, "use voice samples"), speaker_references={}
        )
    if options.speaker_count is not None and not model.speaker_count_hint:
        request = request.without(
            left_out("speaker_count", model, "be told the number of speakers"), speaker_count=None
        )
    return request


def _fit_timestamps(request: TranscriptionRequest, model: ModelCapabilities) -> TranscriptionRequest:
    """Offline diarization gives segments only when segment times are asked for too."""
    asked = request.options.timestamp_granularities
    if request.options.diarize and "segment" not in asked:
        asked = ("segment", *asked)
    known = tuple(dict.fromkeys(name for name in asked if name in model.timestamp_granularities))
    fitted = replace(request, options=replace(request.options, timestamp_granularities=known))
    if set(asked) <= set(known):
        return fitted
    return fitted.without(left_out("timestamp_granularities", model, "give the time of every word"))


def _fit_language(request: TranscriptionRequest, model: ModelCapabilities) -> TranscriptionRequest:
    if not request.options.language:
        return replace(request, options=replace(request.options, language=None))
    language = primary_subtag(request.options.language)
    if not model.language:
        return request.without(left_out("language", model, "be told the language"), language=None)
    if model.languages and language not in model.languages:
        raise _rejected(f"{model.label} does not know the language “{language}”.", "language")
    if request.options.timestamp_granularities and not model.language_with_timestamps:
        notice = left_out("language", model, "be told the language when it gives times")
        return request.without(notice, language=None)
    return replace(request, options=replace(request.options, language=language))


def _fit_temperature(request: TranscriptionRequest, model: ModelCapabilities) -> TranscriptionRequest:
    temperature = request.options.temperature
    if temperature is None:
        return request
    if not math.isfinite(temperature) or temperature < 0:
        raise _rejected("The temperature must be zero or a positive number.", "temperature")
    if model.temperature:
        return request
    return request.without(left_out("temperature", model, "be given a temperature"), temperature=None)


def _fit_bias(request: TranscriptionRequest, model: ModelCapabilities) -> TranscriptionRequest:
    items, notices = prepare_bias(model, request.options.context_bias)
    options = replace(request.options, context_bias=items)
    return replace(request, options=options, notices=(*request.notices, *notices))


def _form(source: AudioSource, options: TranscriptionOptions, stream: bool) -> dict[str, FormValue]:
    fields: dict[str, FormValue | None] = {
        "model": options.model,
        **source_fields(source),
        "language": options.language,
        "temperature": None if options.temperature is None else str(float(options.temperature)),
        "stream": _truth(stream),
        "diarize": _truth(options.diarize),
        "context_bias": list(options.context_bias),
        "timestamp_granularities": list(options.timestamp_granularities),
        "num_speakers": None if options.speaker_count is None else str(options.speaker_count),
    }
    return {name: value for name, value in fields.items() if value}


def _reference_parts(options: TranscriptionOptions) -> tuple[JsonPart, ...]:
    if not options.speaker_references:
        return ()
    clips = {name: base64.b64encode(clip).decode() for name, clip in options.speaker_references.items()}
    return (JsonPart("speaker_references", clips),)


def _check_references(options: TranscriptionOptions) -> None:
    given = len(options.speaker_references)
    if given > MOST_SPEAKER_REFERENCES:
        raise _rejected(
            f"At most {MOST_SPEAKER_REFERENCES} voice samples can be given, not {given}.",
            "speaker_references",
        )
    if given and not options.diarize:
        raise _rejected("Voice samples need the option to tell speakers apart.", "speaker_references")


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _rejected(sentence: str, parameter: str) -> SpeechRequestRejected:
    return SpeechRequestRejected(f"{sentence} Your recording is kept.", detail={"parameter": parameter})
