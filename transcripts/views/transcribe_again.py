"""Transcribe a recording once more, with other options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ..access import transcript_to_edit
from ..actions.jobs import latest_job, start_job
from ..actions.options import MAX_SPEAKERS, MAX_TEMPERATURE, offered_models, parse_choices
from ..actions.put_back import put_back
from ..errors import VoxwebError
from ..models import Job, Transcript
from .page_errors import tells_refusals
from .reader import reader
from .upload_page import abilities, languages


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@tells_refusals
def transcribe_again(request: HttpRequest, code: str) -> HttpResponse:
    """Show the options of the last pass; a POST starts the next one. The old text stays until it is done."""
    transcript = transcript_to_edit(request.user, code)
    if request.method != "POST":
        return _form(request, transcript, _last_choices(transcript))
    given = request.POST.dict()
    try:
        start_job(transcript, parse_choices({**given, "diarize": "diarize" in given}))
    except VoxwebError as error:
        return _form(request, transcript, given, problem=error.message, status=400)
    return redirect("transcript", code)


@require_POST
@login_required
@tells_refusals
def put_old_text_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Restore the text from before a new transcription."""
    transcript = transcript_to_edit(request.user, code)
    put_back(transcript, get_object_or_404(Job, transcript=transcript, pk=pk), reader(request))
    messages.success(request, "The old text is back. The new one stays in the history.")
    return redirect("transcript", code)


def _last_choices(transcript: Transcript) -> dict[str, Any]:
    job = latest_job(transcript)
    choices: dict[str, Any] = job.options if job else {"diarize": True}
    return {**choices, "context_bias": "\n".join(choices.get("context_bias") or [])}


def _form(
    request: HttpRequest,
    transcript: Transcript,
    choices: Mapping[str, Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    models = offered_models()
    context = {
        "transcript": transcript,
        "choices": choices,
        "problem": problem,
        "models": models,
        "abilities": [abilities(model) for model in models],
        "languages": languages(models),
        "max_speakers": MAX_SPEAKERS,
        "max_temperature": MAX_TEMPERATURE,
    }
    return render(request, "transcripts/transcribe_again.html", context, status=status)
