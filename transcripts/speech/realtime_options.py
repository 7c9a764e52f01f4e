"""From a person's options to the settings of a live session: each model gets only what it takes."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from transcripts.speech.context_bias import prepare_bias
from transcripts.speech.model_capabilities import DelayRange, ModelCapabilities
from transcripts.speech.transcription_request import MOST_SPEAKER_REFERENCES, left_out, primary_subtag
from transcripts.speech.wire import Notice

# The values of the official client.
_TURN_DETECTION = {
    "start_threshold": 0.5,
    "eager_end_threshold": 0.5,
    "end_threshold": 0.33,
    "min_silence_ms": 500,
}
_ABILITIES = {
    "diarize": "tell speakers apart while recording",
    "language": "be told the language while recording",
    "turn_detection": "tell when a speaker stops",
    "speaker_references": "use voice samples while recording",
    "context_bias": "be given expected words while recording",
}

_Fitted = tuple[dict[str, Any], tuple[Notice, ...]]


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What to ask a realtime model for.

    ``language``: ISO 639-1, a locale such as ``de-DE`` is reduced to ``de``; ``None`` detects it.
    ``delay_ms``: how long the model may wait for more sound before it writes. ``speaker_references``: name
    to the bytes of a clip of 3-15 s (WAV), at most 8, with ``diarize``.
    """

    model: str
    language: str | None = None
    delay_ms: int | None = None
    diarize: bool = False
    context_bias: tuple[str, ...] = ()
    speaker_references: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    turn_detection: bool = False


def session_settings(options: LiveOptions, capabilities: ModelCapabilities) -> _Fitted:
    """The ``session`` of ``session.update`` and what a person should know; empty when nothing is asked for.

    A delay moves to the nearest one allowed. Of diarization and turn detection, which services refuse
    together, diarization stays. Raises `SpeechRequestRejected` for a language that is not a code.
    """
    settings: dict[str, Any] = {}
    notices: tuple[Notice, ...] = ()
    for fit in (_delay, _speakers, _references, _turns, _bias, _language):
        fields, told = fit(options, capabilities)
        settings |= fields
        notices += told
    return settings, notices


def ignored_by_service(asked: Mapping[str, Any], in_force: Mapping[str, Any]) -> Iterable[Notice]:
    """A notice for everything asked for that the service itself says is off."""
    for name, ability in _ABILITIES.items():
        if asked.get(name) and name in in_force and not in_force[name]:
            sentence = f"The speech service cannot {ability}, so that option was left out."
            yield Notice(f"{name}_ignored", sentence)


def _delay(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    if options.delay_ms is None:
        return {}, ()
    return {"target_streaming_delay_ms": _nearest(options.delay_ms, model.streaming_delays_ms)}, ()


def _nearest(delay_ms: int, ranges: Iterable[DelayRange]) -> int:
    """Where nothing is known about a model, the service decides."""
    moved = [min(max(delay_ms, allowed.min_ms), allowed.max_ms) for allowed in ranges]
    return min(moved, key=lambda candidate: abs(candidate - delay_ms), default=max(delay_ms, 0))


def _speakers(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    if not options.diarize:
        return {}, ()
    return ({"diarize": True}, ()) if _diarizes(model) else ({}, (_ignored("diarize", model),))


def _references(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    """They go with diarization; where that is left out, its notice says enough."""
    if not options.speaker_references or not options.diarize or not _diarizes(model):
        return {}, ()
    if not model.speaker_references:
        return {}, (_ignored("speaker_references", model),)
    given = list(options.speaker_references.items())
    clips = {name: base64.b64encode(clip).decode() for name, clip in given[:MOST_SPEAKER_REFERENCES]}
    return {"speaker_references": clips}, _too_many_references(len(given))


def _too_many_references(given: int) -> tuple[Notice, ...]:
    if given <= MOST_SPEAKER_REFERENCES:
        return ()
    sentence = f"The first {MOST_SPEAKER_REFERENCES} of {given} voice samples were used."
    return (Notice("speaker_references_shortened", sentence),)


def _turns(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    if not options.turn_detection:
        return {}, ()
    if not model.turn_detection or not model.realtime_settings:
        return {}, (_ignored("turn_detection", model),)
    if options.diarize and _diarizes(model):
        sentence = f"{model.label} cannot tell speakers apart and tell when one stops; it tells them apart."
        return {}, (Notice("turn_detection_ignored", sentence),)
    return {"turn_detection": dict(_TURN_DETECTION)}, ()


def _bias(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    items, notices = prepare_bias(model, options.context_bias)
    return ({"context_bias": list(items)} if items else {}), notices


def _language(options: LiveOptions, model: ModelCapabilities) -> _Fitted:
    if not options.language:
        return {}, ()
    language = primary_subtag(options.language)
    if not model.language:
        return {}, (_ignored("language", model),)
    if model.languages and language not in model.languages:
        sentence = f"{model.label} does not know the language “{language}”, so it was not told."
        return {}, (Notice("language_ignored", sentence),)
    return {"language": language}, ()


def _diarizes(model: ModelCapabilities) -> bool:
    """The built-in engine tells speakers apart in whole recordings only."""
    return model.diarize and model.realtime_settings


def _ignored(name: str, model: ModelCapabilities) -> Notice:
    return left_out(name, model, _ABILITIES[name])
