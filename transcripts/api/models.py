"""The models on offer and what they can do."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from ninja import Field, Router

from ..actions.live.options import offered_live_models
from ..actions.options import offered_models
from ..speech.model_capabilities import ModelCapabilities
from .model_schemas import ModelOut
from .request import ApiRequest

router = Router(tags=["models"])


def describe_model(model: ModelCapabilities, default: str) -> dict[str, Any]:
    price = model.price_usd_per_minute
    return {
        "id": model.id,
        "aliases": list(model.aliases),
        "label": model.label,
        "is_default": default in model.names,
        "diarize": model.diarize,
        "speaker_count_hint": model.speaker_count_hint,
        "timestamp_granularities": list(model.timestamp_granularities),
        "language": model.language,
        "languages": list(model.languages),
        "language_with_timestamps": model.language_with_timestamps,
        "bias": model.bias,
        "max_bias_items": model.max_bias_items,
        "temperature": model.temperature,
        "turn_detection": model.turn_detection,
        "delays_ms": [
            {"min_ms": delay.min_ms, "max_ms": delay.max_ms} for delay in model.streaming_delays_ms
        ],
        "max_audio_seconds": model.max_audio_seconds,
        "price_usd_per_minute": float(price) if price is not None else None,
        "note": model.note,
    }


@router.get("/models", response=list[ModelOut], operation_id="list_models")
def list_models(
    request: ApiRequest,
    live: Annotated[bool, Field(description="Models for live captions instead; may be none at all.")] = False,
) -> list[dict[str, Any]]:
    """Models for whole recordings, with the options that each of them honours."""
    if live:
        return [describe_model(model, settings.LIVE_MODEL) for model in offered_live_models()]
    return [describe_model(model, settings.SPEECH_MODEL) for model in offered_models()]
