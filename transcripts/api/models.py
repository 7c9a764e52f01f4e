"""The models on offer and what they can do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import Router

from ..actions.options import offered_models
from ..speech.model_capabilities import ModelCapabilities
from .request import ApiRequest
from .schemas import ModelOut

router = Router(tags=["models"])


def describe_model(model: ModelCapabilities) -> dict[str, Any]:
    price = model.price_usd_per_minute
    return {
        "id": model.id,
        "aliases": list(model.aliases),
        "label": model.label,
        "is_default": settings.SPEECH_MODEL in model.names,
        "diarize": model.diarize,
        "speaker_count_hint": model.speaker_count_hint,
        "timestamp_granularities": list(model.timestamp_granularities),
        "language": model.language,
        "languages": list(model.languages),
        "language_with_timestamps": model.language_with_timestamps,
        "bias": model.bias,
        "max_bias_items": model.max_bias_items,
        "temperature": model.temperature,
        "max_audio_seconds": model.max_audio_seconds,
        "price_usd_per_minute": float(price) if price is not None else None,
        "note": model.note,
    }


@router.get("/models", response=list[ModelOut], operation_id="list_models")
def list_models(request: ApiRequest) -> list[dict[str, Any]]:
    """Models for whole recordings, with the options that each of them honours."""
    return [describe_model(model) for model in offered_models()]
