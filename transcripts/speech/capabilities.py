"""What each model can do: the table, the service's own cards over it, and questions to both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from transcripts.speech.context_bias import prepare_bias, restore_bias_phrases
from transcripts.speech.model_capabilities import DelayRange, ModelCapabilities
from transcripts.speech.model_card import described_by, is_for_transcription
from transcripts.speech.model_table import ENGINE_MODEL, KNOWN_MODELS

__all__ = [
    "ENGINE_MODEL",
    "KNOWN_MODELS",
    "DelayRange",
    "ModelCapabilities",
    "assumed",
    "find",
    "from_card",
    "merged",
    "prepare_bias",
    "price_usd",
    "restore_bias_phrases",
]

_SMALLEST_USD = Decimal("0.000001")
_TABLE_IDS = {known.id for known in KNOWN_MODELS}


def find(model: str, models: Sequence[ModelCapabilities] = KNOWN_MODELS) -> ModelCapabilities | None:
    """The model with this id, else with this alias, else ``None``."""
    by_id = (known for known in models if known.id == model)
    by_alias = (known for known in models if model in known.aliases)
    return next(by_id, None) or next(by_alias, None)


def assumed(model: str) -> ModelCapabilities:
    """For a model that nobody described: every option is sent as given and the service decides."""
    return ModelCapabilities(
        id=model,
        label=model,
        modes=("offline", "realtime"),
        speaker_references=True,
        timestamp_granularities=("segment", "word"),
        turn_detection=True,
        realtime_settings=True,
        note="This model is not known to the program; the service may refuse some options.",
    )


def from_card(card: Mapping[str, Any]) -> ModelCapabilities | None:
    """A card of ``GET /v1/models`` over what the table knows; ``None`` for models that do not transcribe."""
    model = card.get("id")
    if not isinstance(model, str) or not model:
        return None
    known = _known_to_table(card, model)
    if known is None and not is_for_transcription(card):
        return None
    return described_by(card, known or assumed(model))


def merged(cards: Iterable[Mapping[str, Any]]) -> tuple[ModelCapabilities, ...]:
    """The models a service offers, for `find`: cards first, then the table for ids that no card has.

    Services list an alias as a card of its own; those cards are kept, after the models with an own entry.
    """
    described = [found for found in map(from_card, cards) if found is not None]
    described.sort(key=lambda found: found.id not in _TABLE_IDS)
    ids = {found.id for found in described}
    return (*described, *(known for known in KNOWN_MODELS if known.id not in ids))


def price_usd(capabilities: ModelCapabilities, audio_seconds: float | None) -> Decimal | None:
    """The list price of so much audio in US dollars (six decimals), ``None`` when either is not known."""
    if capabilities.price_usd_per_minute is None or audio_seconds is None:
        return None
    price = capabilities.price_usd_per_minute * Decimal(str(max(audio_seconds, 0.0))) / 60
    return price.quantize(_SMALLEST_USD, ROUND_HALF_UP)


def _known_to_table(card: Mapping[str, Any], model: str) -> ModelCapabilities | None:
    aliases = card.get("aliases")
    names = [model, *(aliases if isinstance(aliases, list) else [])]
    by_id = (known for known in KNOWN_MODELS if known.id in names)
    return next(by_id, None) or find(model)
