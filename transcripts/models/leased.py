"""Rows that workers claim: lease, fence and the time of the next try.

The row is the truth and the Celery message only a doorbell, so a message may be lost or delivered
twice. A claim is one conditional UPDATE that raises ``attempt``; every later write carries that attempt
(the fence), so a worker that lost its lease can no longer change anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class LeaseLostError(Exception):
    """Another worker holds this row now, or it was cancelled: stop, and write nothing more."""


class Leased(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Running"
        PARTS = "parts", "Transcribing"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager[Self]]

    class Meta:
        abstract = True

    @classmethod
    def claimable(cls, now: datetime) -> Q:
        """Queued and due, or running under a lease that has run out."""
        due = Q(next_try_at=None) | Q(next_try_at__lte=now)
        return (Q(state=cls.State.QUEUED) & due) | Q(state=cls.State.RUNNING, lease_until__lt=now)

    @classmethod
    def claim(cls, pk: int, lease_seconds: float) -> Self | None:
        """Take the row for this worker, or return None where somebody else has it or nothing is due."""
        now = timezone.now()
        taken = (
            cls.objects.filter(pk=pk)
            .filter(cls.claimable(now))
            .update(
                state=cls.State.RUNNING,
                attempt=F("attempt") + 1,
                lease_until=now + timedelta(seconds=lease_seconds),
                next_try_at=None,
            )
        )
        return cls.objects.get(pk=pk) if taken else None

    def write(self, **fields: Any) -> None:
        """Write under the fence. Raises LeaseLostError where the claim is no longer ours."""
        held = type(self).objects.filter(pk=self.pk, attempt=self.attempt, state=self.State.RUNNING)
        if not held.update(**fields):
            raise LeaseLostError
        for name, value in fields.items():
            setattr(self, name, value)

    def extend_lease(self, lease_seconds: float) -> None:
        self.write(lease_until=timezone.now() + timedelta(seconds=lease_seconds))

    def try_again_in(self, wait_seconds: float, *, code: str, message: str) -> None:
        """Put the row back for a later try, with the reason shown meanwhile."""
        self.write(
            state=self.State.QUEUED,
            lease_until=None,
            next_try_at=timezone.now() + timedelta(seconds=wait_seconds),
            tries=self.tries + 1,
            error_code=code,
            error_message=message[:500],
        )

    def give_up(self, *, code: str, message: str) -> None:
        self.write(state=self.State.FAILED, lease_until=None, error_code=code, error_message=message[:500])
