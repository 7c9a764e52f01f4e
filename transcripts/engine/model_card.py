"""The engine's one model, and what it can do."""

from __future__ import annotations

from typing import Any

from transcripts.engine.api_errors import unknown_model

MODEL = "voxweb-engine"
ALIASES = ("voxweb-engine-1",)
LANGUAGE = "en"
_CREATED = 1_763_596_800


def checked_model(name: str) -> str:
    """``name`` if it is the engine's model or an alias of it; else the 400 refusal."""
    if name != MODEL and name not in ALIASES:
        raise unknown_model(name)
    return name


def card() -> dict[str, Any]:
    """The model as the models list shows it."""
    return {
        "id": MODEL,
        "object": "model",
        "type": "base",
        "created": _CREATED,
        "owned_by": "voxweb",
        "name": MODEL,
        "description": "Built-in engine: works offline, English only, rough.",
        "max_context_length": 65_536,
        "aliases": list(ALIASES),
        "deprecation": None,
        "default_model_temperature": 0.0,
        "capabilities": {
            "audio": True,
            "audio_transcription": True,
            "audio_transcription_realtime": True,
        },
        "audio_transcription_capabilities": {
            "modes": ["offline", "realtime"],
            "diarization": True,
            "context_bias": False,
            "turn_detection": False,
            "timestamp_granularities": ["segment", "word"],
            "languages": [LANGUAGE],
            "streaming_delays_ms": [{"min": 80, "max": 1200}, {"min": 2400, "max": 2400}],
        },
    }
