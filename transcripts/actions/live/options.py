"""What a person may choose for live captions, and reading their choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from ...speech.capabilities import ENGINE_MODEL, KNOWN_MODELS, ModelCapabilities, find, merged
from ..options import ModelUnknownError, language_code, phrases_of, service_cards, whole_number, yes_or_no

NO_CAPTIONS = "none"
LONGEST_DELAY_MS = 10_000


def offered_live_models() -> list[ModelCapabilities]:
    """Realtime models of the configured service, the default one first; empty where it has none."""
    models = _engine() if settings.USES_ENGINE else _service_models()
    live = [_in_session(model) for model in models if "realtime" in model.modes]
    return sorted(live, key=lambda model: settings.LIVE_MODEL not in model.names)


def _in_session(model: ModelCapabilities) -> ModelCapabilities:
    """The built-in engine tells speakers apart in whole recordings only."""
    return replace(model, diarize=False) if model.id == ENGINE_MODEL else model


def _engine() -> list[ModelCapabilities]:
    engine = find(ENGINE_MODEL)
    return [engine] if engine else []


def _service_models() -> list[ModelCapabilities]:
    """What the service lists and nothing else, each model once; the table while it does not answer."""
    cards = service_cards()
    if cards is None:
        return [model for model in KNOWN_MODELS if model.id != ENGINE_MODEL]
    listed = {card["id"] for card in cards}
    kept: list[ModelCapabilities] = []
    for model in merged(cards):
        if model.id in listed and find(model.id, kept) is None:
            kept.append(model)
    return kept


def parse_live_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return validated choices: live_model, language, delay_ms, diarize, context_bias, turn_detection.

    ``live_model`` is an id or NO_CAPTIONS, ``language`` two letters or "" for detection, ``delay_ms`` None
    for the service's own delay. In ``raw`` values are strings (a form) or JSON values; missing and empty ones
    take the default. A well-formed wish that the model does not honour is no reason to refuse a recording: it
    is kept where the session moves it into range or says that it was left out, and switched off where the
    model lacks the ability. Raises ModelUnknownError, LanguageUnknownError, OptionInvalidError.
    """
    model = _model(raw.get("live_model"))
    if model is None:
        return _without_captions()
    return {
        "live_model": model.id,
        "language": language_code(raw.get("language"), model),
        "delay_ms": whole_number(raw.get("delay_ms"), "delay in milliseconds", 0, LONGEST_DELAY_MS),
        "diarize": yes_or_no(raw.get("diarize"), default=True) and model.diarize,
        "context_bias": phrases_of(raw.get("context_bias")),
        "turn_detection": yes_or_no(raw.get("turn_detection"), default=False) and model.turn_detection,
    }


def _model(value: Any) -> ModelCapabilities | None:
    """The wished model, None for no captions; without a wish the default or else what the service has."""
    wanted = str(value or "").strip()
    if (wanted or settings.LIVE_MODEL) == NO_CAPTIONS:
        return None
    offered = offered_live_models()
    if not wanted:
        return offered[0] if offered else None
    model = find(wanted, offered)
    if model is None:
        names = ", ".join([*(model.id for model in offered), NO_CAPTIONS])
        raise ModelUnknownError(
            f"Live captions with “{wanted[:80]}” are not offered here. Choose one of: {names}."
        )
    return model


def _without_captions() -> dict[str, Any]:
    return {
        "live_model": NO_CAPTIONS,
        "language": "",
        "delay_ms": None,
        "diarize": False,
        "context_bias": [],
        "turn_detection": False,
    }
