"""Start, cancel and retry a transcription."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Exists, OuterRef

from ..errors import VoxwebError
from ..models import Job, JobPart, Take, Transcript
from .doorbell import ring_after_commit

OPEN_STATES = (Job.State.QUEUED, Job.State.RUNNING, Job.State.PARTS)
ENDED_BADLY = (Job.State.FAILED, Job.State.CANCELLED)
CANCELLED_CODE = "cancelled"
CANCELLED_MESSAGE = "You stopped this transcription. The recording and the text so far are kept."


class JobNotOpenError(VoxwebError):
    code: ClassVar[str] = "job_not_open"
    message = "This transcription has already ended, so there is nothing to cancel."


class JobNotRetryableError(VoxwebError):
    code: ClassVar[str] = "job_not_retryable"
    message = "Only a failed or cancelled transcription can be tried again."


class JobAlreadyOpenError(VoxwebError):
    code: ClassVar[str] = "job_already_open"
    message = "This recording is being transcribed already. Wait until it is done, or cancel it first."


class TakeOpenError(VoxwebError):
    code: ClassVar[str] = "take_open"
    message = "This is still being recorded. Stop the recording first; it is transcribed by itself then."


def start_job(transcript: Transcript, choices: dict[str, Any]) -> Job:
    """Queue a pass over the recording with validated ``choices`` (see ``options.parse_choices``).

    Text that is there already stays until the new pass is complete. Raises JobAlreadyOpenError and
    TakeOpenError.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        _refuse_open_take(transcript)
        if Job.objects.filter(transcript=transcript, state__in=OPEN_STATES).exists():
            raise JobAlreadyOpenError
        options = {**choices, "keep_old_text": transcript.segments.exists()}
        job = Job.objects.create(transcript=transcript, options=options)
        transcript.move_to_state(Transcript.State.QUEUED)
        ring_after_commit()
    return job


def _refuse_open_take(transcript: Transcript) -> None:
    if Take.objects.filter(transcript=transcript, state=Take.State.OPEN).exists():
        raise TakeOpenError


def latest_job(transcript: Transcript) -> Job | None:
    return Job.objects.filter(transcript=transcript).order_by("-pk").first()


def cancel_job(job: Job) -> None:
    """Stop a job; finished parts keep their text. Raises JobNotOpenError.

    Workers notice through the fence: their next write is refused.
    """
    with transaction.atomic():
        stopped = Job.objects.filter(pk=job.pk, state__in=OPEN_STATES).update(
            state=Job.State.CANCELLED,
            lease_until=None,
            next_try_at=None,
            error_code=CANCELLED_CODE,
            error_message=CANCELLED_MESSAGE,
        )
        if not stopped:
            raise JobNotOpenError
        JobPart.objects.filter(job=job, state__in=OPEN_STATES).update(
            state=JobPart.State.CANCELLED, lease_until=None, next_try_at=None, partial={}
        )
        has_text = job.transcript.segments.exists()
        job.transcript.move_to_state(Transcript.State.READY if has_text else Transcript.State.FAILED)
    job.refresh_from_db()


def retry_job(job: Job) -> None:
    """Try what failed again; finished parts are not repeated. Raises JobNotRetryableError, TakeOpenError."""
    fresh = {"tries": 0, "error_code": "", "error_message": "", "next_try_at": None, "lease_until": None}
    with transaction.atomic():
        _refuse_open_take(job.transcript)
        latest = latest_job(job.transcript)
        if latest is None or latest.pk != job.pk:
            raise JobNotRetryableError
        parts = JobPart.objects.filter(job=job, state__in=ENDED_BADLY)
        again = {"state": Job.State.PARTS, "stage": Job.Stage.PARTS} if parts else {"state": Job.State.QUEUED}
        if not Job.objects.filter(pk=job.pk, state__in=ENDED_BADLY).update(
            finished_at=None, **again, **fresh
        ):
            raise JobNotRetryableError
        parts.update(state=JobPart.State.QUEUED, **fresh)
        job.transcript.move_to_state(Transcript.State.RUNNING)
        ring_after_commit()
    job.refresh_from_db()


def close_finished_parts() -> int:
    """Move jobs whose parts have all ended on to their last stage; returns how many.

    One statement after the part's own commit: two parts that end at the same moment cannot both miss it,
    and what a killed worker left undone is caught up by the next call.
    """
    open_parts = JobPart.objects.filter(job=OuterRef("pk"), state__in=OPEN_STATES)
    ended = Job.objects.filter(Exists(JobPart.objects.filter(job=OuterRef("pk"))), state=Job.State.PARTS)
    return ended.filter(~Exists(open_parts)).update(state=Job.State.QUEUED, stage=Job.Stage.FINISH)
