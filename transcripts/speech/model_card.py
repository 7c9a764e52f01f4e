"""Model cards of ``GET /v1/models``: what a service says about its models overrides the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from transcripts.speech.model_capabilities import DelayRange, Granularity, Mode, ModelCapabilities

_MODES: tuple[Mode, ...] = ("offline", "realtime")
_GRANULARITIES: tuple[Granularity, ...] = ("segment", "word")


def is_for_transcription(card: Mapping[str, Any]) -> bool:
    """Whether the card says that the model transcribes files or live audio."""
    flags = _object(card.get("capabilities"))
    said = flags.get("audio_transcription") is True or flags.get("audio_transcription_realtime") is True
    return said or bool(_object(card.get("audio_transcription_capabilities")).get("modes"))


def described_by(card: Mapping[str, Any], known: ModelCapabilities) -> ModelCapabilities:
    """``known`` with everything the card states; unknown keys and values of a wrong type are ignored."""
    stated = _object(card.get("audio_transcription_capabilities"))
    changes = {
        "id": card["id"],
        "aliases": _aliases(card) or known.aliases,
        "modes": _modes(card, stated) or known.modes,
        "bias": _bias(stated, known),
        "note": _note(card, known),
        **_switches(stated),
        **_lists(stated),
    }
    return replace(known, **changes)


def _switches(stated: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "diarization": "diarize",
        "turn_detection": "turn_detection",
        "speaker_references": "speaker_references",
        "speaker_count_hint": "speaker_count_hint",
    }
    return {ours: stated[theirs] for theirs, ours in names.items() if isinstance(stated.get(theirs), bool)}


def _lists(stated: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if isinstance(stated.get("timestamp_granularities"), list):
        given = stated["timestamp_granularities"]
        changes["timestamp_granularities"] = tuple(known for known in _GRANULARITIES if known in given)
    if isinstance(stated.get("languages"), list):
        changes["languages"] = _texts(stated["languages"])
        changes["language"] = bool(changes["languages"])
    if isinstance(stated.get("streaming_delays_ms"), list):
        changes["streaming_delays_ms"] = tuple(_delays(stated["streaming_delays_ms"]))
    return changes


def _delays(ranges: Iterable[Any]) -> Iterable[DelayRange]:
    for item in ranges:
        low, high = _object(item).get("min"), _object(item).get("max")
        if isinstance(low, int) and isinstance(high, int):
            yield DelayRange(low, high)


def _modes(card: Mapping[str, Any], stated: Mapping[str, Any]) -> tuple[Mode, ...]:
    if isinstance(stated.get("modes"), list):
        return tuple(mode for mode in _MODES if mode in stated["modes"])
    flags = _object(card.get("capabilities"))
    said = {
        "offline": flags.get("audio_transcription"),
        "realtime": flags.get("audio_transcription_realtime"),
    }
    return tuple(mode for mode in _MODES if said[mode] is True)


def _bias(stated: Mapping[str, Any], known: ModelCapabilities) -> str:
    """A card only says yes or no; how items are written stays as known."""
    allowed = stated.get("context_bias")
    if allowed is False:
        return "none"
    return "phrases" if allowed is True and known.bias == "none" else known.bias


def _note(card: Mapping[str, Any], known: ModelCapabilities) -> str:
    retires = card.get("deprecation")
    return f"{known.note} Retires on {retires[:10]}.".strip() if isinstance(retires, str) else known.note


def _aliases(card: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(alias for alias in _texts(card.get("aliases")) if alias != card["id"])


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
