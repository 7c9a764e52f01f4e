"""Put the parts together: speakers, language, cost, and what could not be done."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import conf
from ..errors import VoxwebError
from ..models import Job, JobPart, Transcript
from ..speech.capabilities import price_usd
from ..timing.words import Word
from .failure import settle_failure
from .lease import keep_lease
from .name_speakers import link_voices, replace_speakers
from .write_segments import SegmentDraft, give_speakers, replace_all


def finish_job(job: Job) -> None:
    """Run the last stage of a claimed job. Whatever parts succeeded are kept, also when others failed.

    Raises LeaseLostError.
    """
    parts = list(JobPart.objects.filter(job=job).order_by("index"))
    done = [part for part in parts if part.state == JobPart.State.DONE]
    failed = next((part for part in parts if part.state != JobPart.State.DONE), None)
    with keep_lease(job):
        numbers = link_voices(done, job.options.get("speaker_count"))
    with transaction.atomic():
        if failed is None or not job.options.get("keep_old_text"):
            _write_text(job, done)
            give_speakers(job.transcript, replace_speakers(job.transcript, numbers, done))
            _note_language(job, done)
        _close(job, done, failed)
    if failed is None:
        shutil.rmtree(conf.transcript_folder(job.transcript.code) / "chunks", ignore_errors=True)


def _write_text(job: Job, done: Sequence[JobPart]) -> None:
    if job.options.get("keep_old_text"):
        replace_all(job.transcript, {part.index: _drafts(part) for part in done})


def _drafts(part: JobPart) -> list[SegmentDraft]:
    return [
        SegmentDraft(**{**segment, "words": [Word(*word) for word in segment["words"]]})
        for segment in part.result["segments"]
    ]


def _note_language(job: Job, done: Sequence[JobPart]) -> None:
    heard = Counter(part.result["language"] for part in done if part.result["language"])
    language = heard.most_common(1)[0][0] if heard else job.options.get("language") or ""
    Transcript.objects.filter(pk=job.transcript_id).update(language=language)


def _close(job: Job, done: Sequence[JobPart], failed: JobPart | None) -> None:
    job.write(
        state=Job.State.FAILED if failed else Job.State.DONE,
        lease_until=None,
        finished_at=timezone.now(),
        done_ms=job.total_ms,
        error_code=failed.error_code if failed else "",
        error_message=failed.error_message if failed else "",
        usage=_usage(job, done),
        notices=_notices(job, done),
    )
    ready = failed is None or (job.options.get("keep_old_text") and job.transcript.segments.exists())
    job.transcript.move_to_state(Transcript.State.READY if ready else Transcript.State.FAILED)


def _usage(job: Job, done: Sequence[JobPart]) -> dict[str, Any]:
    """Sums over the parts; audio seconds are our own where the service does not say."""
    total: dict[str, Any] = {
        name: sum(part.result["usage"][name] for part in done)
        for name in ("prompt_tokens", "completion_tokens", "total_tokens")
    }
    seconds = sum(
        part.result["usage"]["audio_seconds"] or (part.end_ms - part.start_ms) / 1000 for part in done
    )
    cost_usd = price_usd(conf.model_capabilities(job.options["model"]), seconds)
    return {
        **total,
        "audio_seconds": seconds,
        "cost_usd": None if cost_usd is None else str(cost_usd),
        "calls": sum(part.calls for part in done),
    }


def _notices(job: Job, done: Sequence[JobPart]) -> list[dict[str, str]]:
    """Every notice once; a recording without any speech is told as one too."""
    told = [*job.notices, *(notice for part in done for notice in part.result["notices"])]
    notices = {notice["code"]: notice for notice in told}
    if done and not any(part.result["segments"] for part in done):
        message = "No speech was heard in this recording. If there is some, try another language or model."
        notices["no_speech"] = {"code": "no_speech", "message": message}
    return list(notices.values())


def settle_job_failure(job: Job, error: VoxwebError) -> None:
    """A stage of the job itself failed: try again later, or end it with the reason. Nothing is deleted."""
    if settle_failure(job, error):
        return
    has_text = job.transcript.segments.exists()
    job.transcript.move_to_state(Transcript.State.READY if has_text else Transcript.State.FAILED)
