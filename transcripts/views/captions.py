"""Captions in large type, for an audience or for a phone in the hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import transcript_to_read
from ..actions.live.options import NO_CAPTIONS
from .transcript import running_take
from .transcript_text import latest_live_text

SHOWN_LINES = 12


@require_safe
@login_required
@never_cache
def captions(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who may read the transcript may open it; how it looks is remembered in their browser."""
    item = transcript_to_read(request.user, code)
    take = running_take(item)
    context = {
        "transcript": item,
        "take": take,
        "stage": "live" if take else "ended",
        "without_captions": take is not None and take.options.get("live_model") == NO_CAPTIONS,
        "text": latest_live_text(item, SHOWN_LINES),
    }
    return render(request, "transcripts/captions.html", context)
