"""The changes of a transcript, newest first, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ...models import Revision, StepBatch, Transcript, User
from .change_words import BEFORE_RESTORING, title_of
from .changes import OWN_WORK, BatchRow, Change, read_page

PAGE_CHANGES = 30
WINDOW_ROWS = 1000
MOST_BATCHES = 6000
"""A page reads no more rows than about this; ten minutes of hurried typing are 3,000."""

MOST_POINTS = 200

COLUMNS = ("v", "n", "user", "kind", "keys", "created_at")


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in words. ``who`` is the person, None for a machine or somebody whose account is gone.

    ``points`` are the versions with names that stand between this change and the one after it.
    """

    change: Change
    title: str
    who: User | None
    points: Sequence[Revision]


@dataclass(frozen=True, slots=True)
class Timeline:
    """``first_points`` are versions with names from before the first change; only on the last page."""

    entries: Sequence[Entry]
    before_version: int | None
    first_points: Sequence[Revision]


def timeline(
    transcript: Transcript,
    *,
    before: int | None = None,
    person: int | None = None,
    segment: str = "",
    most_changes: int = PAGE_CHANGES,
) -> Timeline:
    """A page of changes behind version ``before``, of one person and of one passage where wanted.

    The number of queries and of rows it reads does not grow with the history.
    """
    rows = _batches(transcript, person, segment)
    points = [] if person or segment else _points(transcript, before)
    named = sorted(point.version for point in points)
    page = read_page(_newest_first(rows, before), most_changes, MOST_BATCHES, named)
    behind = -1 if page.before_version is None else page.before_version
    points = [point for point in points if point.version > behind]
    people = User.objects.in_bulk({change.user_id for change in page.changes if change.user_id})
    restored = _restored(transcript, page.changes)
    entries: list[Entry] = []
    for change in page.changes:
        above = [point for point in points if point.version >= change.to_version]
        points = points[len(above) :]
        who = people.get(change.user_id or 0)
        entries.append(Entry(change, title_of(change, who.display_name if who else "", restored), who, above))
    return Timeline(entries, page.before_version, points)


def people_of(transcript: Transcript) -> list[User]:
    """Everybody who ever changed something."""
    authors = StepBatch.objects.filter(doc__transcript=transcript).values("user").order_by().distinct()
    return sorted(User.objects.filter(pk__in=authors), key=lambda user: user.display_name.casefold())


def _batches(transcript: Transcript, person: int | None, segment: str) -> QuerySet[StepBatch]:
    rows = StepBatch.objects.filter(doc__transcript=transcript)
    wanted = Q(user=person) if person else Q()
    if segment:
        wanted &= Q(keys__contains=json.dumps(segment))
    return rows.filter(wanted | Q(kind=OWN_WORK)) if wanted else rows


def _newest_first(rows: QuerySet[StepBatch], before: int | None) -> Iterator[BatchRow]:
    """In windows; without the steps themselves, which may be large."""
    while True:
        window = rows if before is None else rows.filter(v__lt=before)
        found = list(window.order_by("-v").values_list(*COLUMNS)[:WINDOW_ROWS])
        for v, n, user, kind, keys, created_at in found:
            yield BatchRow(v, n, user, kind, json.loads(keys), created_at)
        if len(found) < WINDOW_ROWS:
            return
        before = found[-1][0]


def _points(transcript: Transcript, before: int | None) -> list[Revision]:
    """Versions with names on this page of the timeline and further back, newest first."""
    rows = Revision.objects.filter(transcript=transcript, removed_at=None).select_related("author")
    if before is not None:
        rows = rows.filter(version__lte=before)
    return list(rows.order_by("-version", "-pk")[:MOST_POINTS])


def _restored(transcript: Transcript, changes: Sequence[Change]) -> dict[int, str]:
    """What was restored, by the version that was there before."""
    versions = {change.from_version for change in changes if change.kind == StepBatch.Kind.RESTORE}
    if not versions:
        return {}
    rows = Revision.objects.filter(
        transcript=transcript, version__in=versions, is_automatic=True, name__startswith=BEFORE_RESTORING
    )
    return {row.version: row.name.removeprefix(BEFORE_RESTORING) for row in rows}
