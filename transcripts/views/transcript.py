"""The transcript page, and the parts of it that change while it is open."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import EDITOR, OWNER, role_of, transcript_to_read
from ..actions.jobs import latest_job
from ..actions.progress import progress_of
from ..models import Job, Mark, Membership, Recording, Speaker, Take, Transcript
from ..speech.capabilities import ENGINE_MODEL
from .transcript_text import FIRST_LINES, Text, live_text_after, text_of

TIMING_SENTENCES = {
    "api": "given by the speech service",
    "acoustic": "aligned to the sound",
    "interpolated": "estimated from the sound",
}
SPEEDS = ("0.5", "0.75", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2", "2.5", "3")
STAGES = {
    Job.State.QUEUED.value: "waiting",
    Job.State.RUNNING.value: "working",
    Job.State.PARTS.value: "working",
    Job.State.FAILED.value: "failed",
    Job.State.CANCELLED.value: "cancelled",
}


@require_safe
@login_required
@never_cache
def transcript(request: HttpRequest, code: str) -> HttpResponse:
    """The whole page: the beginning of the text is in the HTML, and with ``?text=all`` all of it.

    The editor fetches the document; word times come later, and only where they are needed.
    """
    item = transcript_to_read(request.user, code)
    members = Membership.objects.filter(transcript=item).select_related("user")
    text = text_of(item, None if request.GET.get("text") == "all" else FIRST_LINES)
    context = page_context(request, item, text) | {"members": members, "roles": Membership.Role.choices}
    return render(request, "transcripts/transcript.html", context)


@require_safe
@login_required
@never_cache
def transcript_parts(request: HttpRequest, code: str) -> HttpResponse:
    """What an open page puts in the place of its own parts after a change."""
    item = transcript_to_read(request.user, code)
    return render(request, "transcripts/_parts.html", page_context(request, item, text_of(item, 0)))


@require_safe
@login_required
@never_cache
def transcript_tail(request: HttpRequest, code: str) -> HttpResponse:
    """What a running take has said and marked since the line that the page names; its cost does not grow."""
    item = transcript_to_read(request.user, code)
    role = role_of(request.user, item)
    context = {
        "transcript": item,
        "stage": "live" if item.state == Transcript.State.RECORDING else "",
        "take": running_take(item),
        "text": live_text_after(item, request.GET.get("after", "")),
        "marks": marks_of(item),
        "speakers": Speaker.objects.filter(transcript=item),
        "can_edit": role in {OWNER, EDITOR} and not item.trashed_at,
        "api": f"/api/v1/transcripts/{item.code}",
    }
    return render(request, "transcripts/_tail.html", context)


def page_context(request: HttpRequest, item: Transcript, text: Text) -> dict[str, Any]:
    """What page and parts show. The number of queries is the same for every transcript."""
    role = role_of(request.user, item)
    job = latest_job(item)
    progress = progress_of(item)
    take = running_take(item)
    model = job.options.get("model", "") if job else ""
    return {
        "transcript": item,
        "api": f"/api/v1/transcripts/{item.code}",
        "recording": _recording_of(item),
        "text": text,
        "progress": progress,
        "job": progress["job"],
        "stage": "live" if take else _stage_of(text, progress),
        "take": take,
        "marks": marks_of(item),
        "model": model,
        "by_engine": model == ENGINE_MODEL,
        "timing": [TIMING_SENTENCES[method] for method in TIMING_SENTENCES if method in text.timing_methods],
        "speeds": SPEEDS,
        "is_owner": role == OWNER,
        "can_edit": role in {OWNER, EDITOR} and not item.trashed_at,
        "can_share": role == OWNER and not item.trashed_at,
    }


def marks_of(item: Transcript) -> list[Mark]:
    """In the order of the recording, with their authors."""
    return list(Mark.objects.filter(transcript=item, removed_at=None).select_related("author"))


def running_take(item: Transcript) -> Take | None:
    """The take that is running now."""
    if item.state != Transcript.State.RECORDING:
        return None
    return Take.objects.filter(transcript=item).first()


def _recording_of(item: Transcript) -> Recording | None:
    return getattr(item, "recording", None)


def _stage_of(text: Text, progress: dict[str, Any]) -> str:
    """waiting, working, failed or cancelled after the latest job; else ready, or silent without text."""
    job = progress["job"]
    without_job = "ready" if text.line_count else "silent"
    return STAGES.get(job["state"], without_job) if job else without_job
