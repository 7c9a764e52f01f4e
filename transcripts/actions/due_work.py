"""Find what is due and claim it."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from ..models import Job, JobPart
from .jobs import close_finished_parts

LOOK_AHEAD = 8
"""Rows tried before giving up: with that many lost races, others are busy with everything anyway."""


def claim_next() -> Job | JobPart | None:
    """Claim the next due row, or None: short stages of jobs first, then parts, fair between recordings."""
    close_finished_parts()
    now = timezone.now()
    jobs = Job.objects.filter(Job.claimable(now)).order_by("stage", "pk")
    for pk in jobs.values_list("pk", flat=True)[:LOOK_AHEAD]:
        if job := Job.claim(pk, settings.LEASE_SECONDS):
            return job
    parts = JobPart.objects.filter(JobPart.claimable(now), job__state=Job.State.PARTS).order_by("index", "pk")
    for pk in parts.values_list("pk", flat=True)[:LOOK_AHEAD]:
        if part := JobPart.claim(pk, settings.LEASE_SECONDS):
            return part
    return None


def count_due() -> int:
    """How many rows wait for a worker right now."""
    close_finished_parts()
    now = timezone.now()
    parts = JobPart.objects.filter(JobPart.claimable(now), job__state=Job.State.PARTS)
    return Job.objects.filter(Job.claimable(now)).count() + parts.count()


def release_all_leases() -> int:
    """Hand back everything that is claimed. Only right where one worker exists and it has just started."""
    past = timezone.now()
    return sum(
        model.objects.filter(state=model.State.RUNNING, lease_until__gt=past).update(lease_until=past)
        for model in (Job, JobPart)
    )
