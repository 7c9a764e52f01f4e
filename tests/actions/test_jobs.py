from __future__ import annotations

import pytest

from transcripts.actions.due_work import claim_next, count_due, release_all_leases
from transcripts.actions.jobs import (
    JobAlreadyOpenError,
    JobNotOpenError,
    JobNotRetryableError,
    TakeOpenError,
    cancel_job,
    close_finished_parts,
    retry_job,
    start_job,
)
from transcripts.models import Job, JobPart, LeaseLostError, Take, Transcript

CHOICES = {"model": "voxweb-engine"}


def add_parts(job: Job, states: list[str]) -> list[JobPart]:
    Job.objects.filter(pk=job.pk).update(state=Job.State.PARTS, stage=Job.Stage.PARTS)
    return [
        JobPart.objects.create(job=job, index=n, start_ms=n * 10, end_ms=n * 10 + 10, file="x", state=state)
        for n, state in enumerate(states)
    ]


def test_it_works(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    transcript.refresh_from_db()
    assert (job.state, transcript.state) == (Job.State.QUEUED, Transcript.State.QUEUED)
    assert claim_next() == job
    assert claim_next() is None


def test_one_job_at_a_time(transcript: Transcript) -> None:
    start_job(transcript, CHOICES)
    with pytest.raises(JobAlreadyOpenError):
        start_job(transcript, CHOICES)


def test_a_cancelled_job_stops_its_workers(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    add_parts(job, ["done", "queued"])
    part = claim_next()
    assert isinstance(part, JobPart)
    cancel_job(job)
    with pytest.raises(LeaseLostError):
        part.write(calls=2)
    assert list(job.parts.values_list("state", flat=True)) == ["done", "cancelled"]
    assert claim_next() is None
    transcript.refresh_from_db()
    assert transcript.state == Transcript.State.READY, "the text that was there is still there"


def test_what_has_ended_cannot_be_cancelled(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    cancel_job(job)
    with pytest.raises(JobNotOpenError):
        cancel_job(job)


def test_retry_repeats_only_what_failed(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    add_parts(job, ["done", "failed", "done"])
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, stage=Job.Stage.FINISH)
    retry_job(job)
    assert (job.state, job.stage) == (Job.State.PARTS, Job.Stage.PARTS)
    assert list(job.parts.values_list("state", flat=True)) == ["done", "queued", "done"]


def test_retry_of_a_failed_ingest_reads_the_file_again(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error_code="disk_full")
    retry_job(job)
    assert (job.state, job.stage, job.error_code) == (Job.State.QUEUED, Job.Stage.INGEST, "")


def test_only_the_latest_ended_job_can_be_retried(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    with pytest.raises(JobNotRetryableError):
        retry_job(job)
    cancel_job(job)
    start_job(transcript, CHOICES)
    with pytest.raises(JobNotRetryableError):
        retry_job(job)


def test_the_last_part_sends_the_job_to_its_last_stage(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    parts = add_parts(job, ["done", "running"])
    assert close_finished_parts() == 0
    JobPart.objects.filter(pk=parts[1].pk).update(state=JobPart.State.FAILED)
    assert close_finished_parts() == 1
    assert close_finished_parts() == 0
    job.refresh_from_db()
    assert (job.state, job.stage) == (Job.State.QUEUED, Job.Stage.FINISH)


def test_short_stages_come_before_parts_and_parts_are_shared_fairly(transcript: Transcript) -> None:
    long_job = start_job(transcript, CHOICES)
    add_parts(long_job, ["queued", "queued"])
    other = Transcript.objects.create(title="Other", owner=transcript.owner)
    other_job = start_job(other, CHOICES)
    add_parts(other_job, ["queued"])
    fresh = start_job(Transcript.objects.create(title="Fresh", owner=transcript.owner), CHOICES)
    order = [claim_next() for _ in range(4)]
    assert order[0] == fresh
    assert [(row.job_id, row.index) for row in order[1:] if isinstance(row, JobPart)] == [
        (long_job.pk, 0),
        (other_job.pk, 0),
        (long_job.pk, 1),
    ]


def test_a_single_worker_takes_back_what_its_predecessor_held(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    held = claim_next()
    assert held == job
    assert count_due() == 0
    assert release_all_leases() == 1
    assert count_due() == 1


def test_what_is_still_recorded_is_not_transcribed(transcript: Transcript) -> None:
    job = start_job(transcript, CHOICES)
    cancel_job(job)
    Take.objects.create(transcript=transcript, client_key="1:abcdefgh")
    for attempt in (lambda: start_job(transcript, CHOICES), lambda: retry_job(job)):
        with pytest.raises(TakeOpenError):
            attempt()
    Take.objects.update(state=Take.State.ENDED)
    retry_job(job)
