"""Look once a second whether each running take is still ours and its recorder still allowed to record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from ...models import Take


@dataclass(frozen=True, slots=True)
class TakeNow:
    """What the database says about a take that runs here."""

    epoch: int
    is_open: bool
    may_record: bool


def takes_now(pks: Collection[int]) -> dict[int, TakeNow]:
    """One query for all takes of a process; a take that was deleted is missing."""
    rows = Take.objects.filter(pk__in=pks).values_list("pk", "epoch", "state", "transcript__owner__is_active")
    return {pk: TakeNow(epoch, state == Take.State.OPEN, active) for pk, epoch, state, active in rows}


def note_seen(pks: Collection[int]) -> None:
    """These takes have a recorder right now."""
    Take.objects.filter(pk__in=pks).update(seen_at=timezone.now())
