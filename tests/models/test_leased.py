from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from transcripts.models import Job, LeaseLostError, Transcript


@pytest.fixture
def job(transcript: Transcript) -> Job:
    return Job.objects.create(transcript=transcript)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_it_works(job: Job) -> None:
    claimed = Job.claim(job.pk, 60)
    assert claimed is not None
    assert claimed.state == Job.State.RUNNING
    claimed.write(done_ms=5)
    job.refresh_from_db()
    assert (job.attempt, job.done_ms) == (1, 5)


def test_a_second_worker_gets_nothing(job: Job) -> None:
    assert Job.claim(job.pk, 60) is not None
    assert Job.claim(job.pk, 60) is None


def test_an_expired_lease_is_claimed_and_fences_the_first_worker(job: Job) -> None:
    first = Job.claim(job.pk, 60)
    expire(job)
    second = Job.claim(job.pk, 60)
    assert first is not None and second is not None
    with pytest.raises(LeaseLostError):
        first.write(done_ms=1)
    with pytest.raises(LeaseLostError):
        first.extend_lease(60)
    second.write(done_ms=2)
    job.refresh_from_db()
    assert job.done_ms == 2


def test_a_retry_waits_for_its_time(job: Job) -> None:
    claimed = Job.claim(job.pk, 60)
    assert claimed is not None
    claimed.try_again_in(3600, code="speech_rate_limited", message="Later.")
    assert Job.claim(job.pk, 60) is None
    Job.objects.filter(pk=job.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))
    again = Job.claim(job.pk, 60)
    assert again is not None
    assert (again.tries, again.error_code) == (1, "speech_rate_limited")


def test_what_has_ended_cannot_be_claimed(job: Job) -> None:
    for state in (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED, Job.State.PARTS):
        Job.objects.filter(pk=job.pk).update(state=state, lease_until=timezone.now() - timedelta(days=1))
        assert Job.claim(job.pk, 60) is None
