"""What an open page asks for while a recording is being worked on."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat

from ..models import Job, JobPart, Transcript
from .jobs import ENDED_BADLY, OPEN_STATES, latest_job


def progress_of(transcript: Transcript) -> dict[str, Any]:
    """Version, state, the latest job and the text that is arriving (JSON-serialisable)."""
    job = latest_job(transcript)
    running = _running_parts(job)
    return {
        "version": transcript.version,
        "state": transcript.state,
        "job": describe_job(job, running) if job else None,
        "partial": [
            {"part": part.index, "start_ms": part.start_ms, "text": part.partial["text"]}
            for part in running
            if part.partial.get("text")
        ],
    }


def describe_job(job: Job, running: list[JobPart] | None = None) -> dict[str, Any]:
    """A job for pages and REST: times in audio milliseconds, ``percent`` of its current stage."""
    running = _running_parts(job) if running is None else running
    done_ms = _done_ms(job, running)
    waiting = next((part for part in running if part.error_code), None)
    return {
        "id": job.pk,
        "state": job.state,
        "stage": job.stage,
        "stage_label": _stage_label(job),
        "done_ms": done_ms,
        "total_ms": job.total_ms,
        "percent": min(100, 100 * done_ms // job.total_ms) if job.total_ms else 0,
        "error": _error(job) or _error(waiting),
        "next_try_at": _next_try(job, waiting),
        "notices": job.notices,
        "usage": job.usage,
        "can_cancel": job.state in OPEN_STATES,
        "can_retry": job.state in ENDED_BADLY,
    }


def _stage_label(job: Job) -> str:
    """The name of the stage; of reading a file, whether its sound is packed or how much of it is here."""
    if job.stage == Job.Stage.INGEST and job.usage.get("is_saving"):
        return "Saving the recording"
    fetched_bytes, total_bytes = job.usage.get("fetched_bytes"), job.usage.get("total_bytes")
    if job.stage != Job.Stage.INGEST or fetched_bytes is None:
        return str(Job.Stage(job.stage).label)
    whole = f" of {filesizeformat(total_bytes)}" if total_bytes else ""
    return f"Fetching the file: {filesizeformat(fetched_bytes)}{whole}"


def _running_parts(job: Job | None) -> list[JobPart]:
    if job is None or job.state != Job.State.PARTS:
        return []
    unfinished = JobPart.objects.filter(job=job, state__in=OPEN_STATES).defer("result")
    return list(unfinished.order_by("index"))


def _done_ms(job: Job, running: list[JobPart]) -> int:
    if job.state == Job.State.DONE:
        return job.total_ms
    if job.state != Job.State.PARTS:
        return job.done_ms
    left_ms = sum(part.end_ms - part.start_ms - int(part.partial.get("heard_ms", 0)) for part in running)
    return max(0, job.total_ms - left_ms)


def _error(row: Job | JobPart | None) -> dict[str, str] | None:
    if row is None or not row.error_code:
        return None
    return {"code": row.error_code, "message": row.error_message}


def _next_try(job: Job, waiting: JobPart | None) -> str | None:
    due = job.next_try_at or (waiting.next_try_at if waiting else None)
    return due.isoformat() if due else None
