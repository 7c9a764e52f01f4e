"""The page on which somebody records and reads along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..actions.live.options import NO_CAPTIONS, offered_live_models
from ..actions.options import MAX_SPEAKERS, offered_models
from ..speech.capabilities import ModelCapabilities
from .reader import reader
from .upload_page import abilities, languages

SENSIBLE_DELAYS_MS = (80, 160, 240, 480, 960, 1200, 1800, 2400)


@require_safe
@login_required
def record_page(request: HttpRequest) -> HttpResponse:
    live, later = offered_live_models(), offered_models()
    context = {
        "here": "record",
        "person": reader(request),
        "live_models": live,
        "models": later,
        "languages": languages([*live, *later]),
        "delays": delays(live),
        "abilities": {
            "live": [live_abilities(model) for model in live],
            "later": [abilities(model) for model in later],
        },
        "no_captions": NO_CAPTIONS,
        "choices": {"diarize": True},
        "max_speakers": MAX_SPEAKERS,
    }
    return render(request, "transcripts/record.html", context)


def live_abilities(model: ModelCapabilities) -> dict[str, Any]:
    """What the form must know to grey out what live captions by ``model`` cannot do."""
    return abilities(model) | {
        "turn_detection": model.turn_detection,
        "delays_ms": [delay_ms for delay_ms in SENSIBLE_DELAYS_MS if takes_delay(model, delay_ms)],
    }


def delays(models: list[ModelCapabilities]) -> list[tuple[int, str]]:
    """Milliseconds and words of every sensible delay that some model takes."""
    return [
        (delay_ms, f"{delay_ms / 1000:g} s")
        for delay_ms in SENSIBLE_DELAYS_MS
        if any(takes_delay(model, delay_ms) for model in models)
    ]


def takes_delay(model: ModelCapabilities, delay_ms: int) -> bool:
    return any(allowed.min_ms <= delay_ms <= allowed.max_ms for allowed in model.streaming_delays_ms)
