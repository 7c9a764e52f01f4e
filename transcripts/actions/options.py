"""What a person may choose for a transcription, and reading their choices strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.cache import cache

from .. import conf
from ..errors import VoxwebError
from ..speech.capabilities import ENGINE_MODEL, ModelCapabilities, find, from_card, merged
from ..speech.errors import SpeechError

MODELS_CACHE_SECONDS = 600
MODELS_RETRY_SECONDS = 60
MAX_SPEAKERS = 20
MAX_BIAS_ITEMS = 500
MAX_BIAS_CHARACTERS = 200
MAX_TEMPERATURE = 2.0
LANGUAGE = re.compile(r"[a-z]{2}")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


class OptionInvalidError(VoxwebError):
    code: ClassVar[str] = "option_invalid"
    message = "One of the options cannot be used. Nothing was uploaded or lost; correct it and try again."


class ModelUnknownError(OptionInvalidError):
    code: ClassVar[str] = "model_unknown"


class LanguageUnknownError(OptionInvalidError):
    code: ClassVar[str] = "language_unknown"


def offered_models() -> list[ModelCapabilities]:
    """Models for recorded files that the configured service offers, the default one first."""
    models = _engine_models() if settings.USES_ENGINE else _service_models()
    offline = [model for model in models if "offline" in model.modes]
    return sorted(offline, key=lambda model: settings.SPEECH_MODEL not in model.names)


def _engine_models() -> list[ModelCapabilities]:
    engine = find(ENGINE_MODEL)
    return [engine] if engine else []


def _service_models() -> list[ModelCapabilities]:
    """The service's own list over the table; the table alone while the service does not answer.

    The engine is among them only where the service is an engine, on another machine.
    """
    cards = service_cards() or []
    is_engine = any(card["id"] == ENGINE_MODEL for card in cards)
    return [model for model in merged(cards) if is_engine or model.id != ENGINE_MODEL]


def service_cards() -> list[dict[str, Any]] | None:
    """The cards of the models the configured service lists; None while it does not answer."""
    key = f"models:{settings.SPEECH_URL}"
    known: dict[str, list[dict[str, Any]] | None] | None = cache.get(key)
    if known is None:
        cards = _ask_service()
        known = {"cards": cards}
        cache.set(key, known, MODELS_RETRY_SECONDS if cards is None else MODELS_CACHE_SECONDS)
    return known["cards"]


def _ask_service() -> list[dict[str, Any]] | None:
    try:
        with conf.speech_client(timeout_seconds=5.0) as client:
            return [card for card in client.models.list() if from_card(card)]
    except SpeechError:
        return None


def parse_choices(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return validated choices: model, language, diarize, speaker_count, context_bias, temperature.

    ``raw`` holds strings (a form, tus metadata) or JSON values; missing and empty ones take the default.
    Raises ModelUnknownError, LanguageUnknownError, OptionInvalidError.
    """
    model = _model(raw.get("model"))
    return {
        "model": model.id,
        "language": language_code(raw.get("language"), model),
        "diarize": yes_or_no(raw.get("diarize"), default=True),
        "speaker_count": whole_number(raw.get("speaker_count"), "number of speakers", 1, MAX_SPEAKERS),
        "context_bias": _phrases(raw.get("context_bias"), model),
        "temperature": _temperature(raw.get("temperature")),
    }


def _model(value: Any) -> ModelCapabilities:
    wanted = str(value or settings.SPEECH_MODEL).strip()
    offered = offered_models()
    model = find(wanted, offered)
    if model is None:
        names = ", ".join(model.id for model in offered)
        raise ModelUnknownError(f"The model “{wanted[:80]}” is not offered here. Choose one of: {names}.")
    return model


def language_code(value: Any, model: ModelCapabilities) -> str:
    """Two-letter ISO 639-1 code, or "" for detection; a locale such as de-DE gives its language."""
    code = str(value or "").strip().lower().replace("_", "-").split("-")[0]
    if code in {"", "auto"}:
        return ""
    if not LANGUAGE.fullmatch(code):
        raise LanguageUnknownError(
            f"“{code[:20]}” is not a language code. Use two letters such as en, de or fr."
        )
    if model.languages and code not in model.languages:
        known = ", ".join(model.languages)
        raise LanguageUnknownError(f"{model.label} does not understand “{code}”. It knows: {known}.")
    return code


def yes_or_no(value: Any, *, default: bool) -> bool:
    if value is None:
        return default
    text = str(value).strip().lower()
    if text not in YES | NO:
        raise OptionInvalidError(f"“{text[:20]}” is neither yes nor no.")
    return text in YES


def whole_number(value: Any, name: str, low: int, high: int) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if not text.isdecimal() or not low <= int(text) <= high:
        raise OptionInvalidError(f"The {name} must be a whole number from {low} to {high}.")
    return int(text)


def _temperature(value: Any) -> float | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{1,2}(\.\d{1,6})?", text) or float(text) > MAX_TEMPERATURE:
        raise OptionInvalidError(f"The temperature must be a number from 0 to {MAX_TEMPERATURE:g}.")
    return float(text)


def _phrases(value: Any, model: ModelCapabilities) -> list[str]:
    if model.bias == "none" and value:
        raise OptionInvalidError(
            f"{model.label} cannot take a vocabulary. Leave it empty or choose another model."
        )
    return phrases_of(value)


def phrases_of(value: Any) -> list[str]:
    """Names and terms, one per line or comma, without doubles; the model's own rules come later."""
    pieces: Iterable[Any] = value if isinstance(value, list | tuple) else re.split(r"[\n,]", str(value or ""))
    phrases = [" ".join(str(piece).split()) for piece in pieces]
    kept = list(dict.fromkeys(phrase for phrase in phrases if phrase))
    if len(kept) > MAX_BIAS_ITEMS or any(len(phrase) > MAX_BIAS_CHARACTERS for phrase in kept):
        raise OptionInvalidError(
            f"The vocabulary may hold {MAX_BIAS_ITEMS} entries of {MAX_BIAS_CHARACTERS} characters each."
        )
    return kept
