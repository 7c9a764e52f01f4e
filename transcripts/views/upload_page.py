"""The page that brings recordings in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..actions.options import MAX_SPEAKERS, MAX_TEMPERATURE, offered_models
from ..speech.capabilities import ModelCapabilities
from .reader import reader

EXTENSIONS = (".wav", ".mp3", ".m4a", ".mp4", ".flac", ".ogg", ".opus", ".webm", ".aac", ".mov", ".mkv")
ACCEPT = ",".join(("audio/*", "video/*", *EXTENSIONS))
COMMON_LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "he", "hi",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "mr", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sr", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
"""Offered where a model does not list its languages; the service has the last word."""
OTHER_NAMES = {"zh": "Chinese"}
"""Languages that Django's own table has only under longer codes."""


@require_safe
@login_required
def upload_page(request: HttpRequest) -> HttpResponse:
    models = offered_models()
    context = {
        "here": "upload",
        "models": models,
        "abilities": [abilities(model) for model in models],
        "languages": languages(models),
        "accept": ACCEPT,
        "extensions": ", ".join(extension.lstrip(".") for extension in EXTENSIONS),
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "choices": {"diarize": True},
        "max_speakers": MAX_SPEAKERS,
        "max_temperature": MAX_TEMPERATURE,
        "person": reader(request),
        "upload_days": settings.UPLOAD_DAYS,
    }
    return render(request, "transcripts/upload.html", context)


def abilities(model: ModelCapabilities) -> dict[str, Any]:
    """What the form must know to grey out what ``model`` cannot do."""
    return {
        "id": model.id,
        "label": model.label,
        "note": "" if settings.USES_ENGINE else model.note,
        "diarize": model.diarize,
        "speaker_count_hint": model.speaker_count_hint,
        "language": model.language,
        "languages": list(model.languages),
        "bias": model.bias,
        "max_bias_items": model.max_bias_items,
        "temperature": model.temperature,
    }


def languages(models: list[ModelCapabilities]) -> list[tuple[str, str]]:
    """Code and English name of every language that some model may be told, by name."""
    listed = {code for model in models for code in model.languages}
    open_list = any(model.language and not model.languages for model in models)
    codes = listed | set(COMMON_LANGUAGES if open_list else ())
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])


def language_name(code: str) -> str:
    return OTHER_NAMES.get(code) or str(LANG_INFO.get(code, {}).get("name", code))
