"""Read a recording once: length, peaks, pauses, a copy browsers can seek, and chunks to recognise."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction

from .. import conf
from ..audio.errors import CancelledError
from ..audio.ingest import IngestResult, Notice, ingest
from ..fetch.errors import FetchCancelledError
from ..models import Job, JobPart, LeaseLostError, Recording, Transcript
from .doorbell import ring_after_commit
from .fetch_recording import fetch_if_missing
from .finalise_take import finalise_take
from .lease import Lease, keep_lease
from .worker_stop import is_stopping

PROGRESS_SECONDS = 1.0


def ingest_recording(job: Job) -> None:
    """Run the ingest stage of a claimed job and hand over to its parts.

    Raises the errors of ``transcripts.fetch``, ``transcripts.audio`` and ``finalise_take`` (nothing is
    deleted then) and LeaseLostError.
    """
    recording = job.transcript.recording
    job.transcript.move_to_state(Transcript.State.RUNNING)
    with keep_lease(job) as lease:
        try:
            fetch_if_missing(job, recording, lease)
            finalise_take(job, recording, lease)
            result = _read(job, recording, lease)
        except (CancelledError, FetchCancelledError):
            _hand_back(job, lease)
            return
    with transaction.atomic():
        _note_facts(recording, result)
        _create_parts(job, result)
        ring_after_commit(len(result.chunks))


def _read(job: Job, recording: Recording, lease: Lease) -> IngestResult:
    return ingest(
        conf.media_path(recording.original_file),
        conf.transcript_folder(job.transcript.code),
        limits=conf.ingest_limits(),
        chunk_seconds=conf.chunk_seconds(job.options["model"]),
        on_progress=_Progress(job),
        should_stop=lambda: lease.lost() or is_stopping(),
    )


def _hand_back(job: Job, lease: Lease) -> None:
    """A cancelled job stays cancelled; a worker that is asked to stop leaves the job to the next one."""
    if lease.lost():
        raise LeaseLostError
    job.write(state=Job.State.QUEUED, lease_until=None)


class _Progress:
    """Write decoded time to the job, at most once a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.written_at = 0.0

    def __call__(self, decoded_ms: int) -> None:
        now = time.monotonic()
        if now - self.written_at >= PROGRESS_SECONDS:
            self.written_at = now
            Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt).update(done_ms=decoded_ms)


def _note_facts(recording: Recording, result: IngestResult) -> None:
    media = result.media
    recording.duration_ms = result.duration_ms
    recording.has_video = media.has_video
    recording.container = media.container
    recording.audio_codec = media.audio_codec
    recording.sample_rate = media.sample_rate
    recording.channels = media.channels
    recording.loudness_dbfs = result.loudness_dbfs
    recording.pauses = [list(pause) for pause in result.pauses_ms]
    recording.peaks_file = _beside(recording, "peaks-10.dat")
    recording.peaks_fine_file = _beside(recording, "peaks-50.dat")
    recording.playback_type = result.playback_type
    recording.playback_file = (
        _beside(recording, result.playback.name) if result.playback else recording.original_file
    )
    recording.unreadable_code = result.unreadable.code if result.unreadable else ""
    recording.unreadable_message = result.unreadable.message[:300] if result.unreadable else ""
    recording.save()


def _beside(recording: Recording, name: str) -> str:
    return f"{recording.transcript.code}/{Path(name).name}"


def _as_notice(notice: Notice) -> dict[str, str]:
    return {"code": notice.code, "message": notice.message}


def _create_parts(job: Job, result: IngestResult) -> None:
    """Checkpoint: from here on every chunk is a row of its own."""
    told = [*job.notices, *([_as_notice(result.playback_notice)] if result.playback_notice else [])]
    JobPart.objects.filter(job=job).delete()
    JobPart.objects.bulk_create(
        JobPart(
            job=job,
            index=chunk.index,
            start_ms=chunk.start_ms,
            end_ms=chunk.end_ms,
            file=f"{job.transcript.code}/chunks/{chunk.path.name}",
        )
        for chunk in result.chunks
    )
    job.write(
        state=Job.State.PARTS,
        stage=Job.Stage.PARTS,
        lease_until=None,
        tries=0,
        done_ms=0,
        total_ms=result.duration_ms,
        notices=list({notice["code"]: notice for notice in told}.values()),
        error_code="",
        error_message="",
    )
    job.transcript.touch()
