"""Batches of steps grouped into changes that a person can read: who, what, when, which passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

LONGEST_GAP = timedelta(minutes=2)
LONGEST_CHANGE = timedelta(minutes=10)
RESTORE = "restore"
OWN_WORK = "server"
"""The kind of what the authority puts right by itself; it belongs to the batch before it."""


class BatchRow(NamedTuple):
    """A stored batch without its steps; ``v`` is the version before it, ``keys`` the passages it touched."""

    v: int
    n: int
    user_id: int | None
    kind: str
    keys: list[str]
    created_at: datetime


@dataclass(slots=True)
class Change:
    """What one person, or one machine, did in one go: from the version before to the version after.

    Others may have changed the text in between. ``keys`` holds the passages, each once.
    """

    user_id: int | None
    kind: str
    from_version: int
    to_version: int
    began_at: datetime
    ended_at: datetime
    keys: dict[str, None] = field(default_factory=dict)

    def takes(self, batch: BatchRow, named: Sequence[int]) -> bool:
        """Whether an earlier batch of the same author and kind belongs to it; each restore is its own.

        A change does not reach across a version that has a name.
        """
        behind = bisect_left(named, batch.v + batch.n)
        if self.kind == RESTORE or (behind < len(named) and named[behind] <= self.from_version):
            return False
        gap = self.began_at - batch.created_at
        return gap < LONGEST_GAP and self.ended_at - batch.created_at <= LONGEST_CHANGE

    def add(self, batch: BatchRow) -> None:
        self.from_version = batch.v
        self.began_at = min(self.began_at, batch.created_at)
        self.keys |= dict.fromkeys(batch.keys)


class Page(NamedTuple):
    """Changes, newest first, and the version before which the next page begins, None at the beginning."""

    changes: list[Change]
    before_version: int | None


def read_page(
    batches: Iterable[BatchRow], most_changes: int, most_batches: int, named: Sequence[int] = ()
) -> Page:
    """Group ``batches`` (newest first) until the page is full; ``named`` are versions with names, sorted.

    A page ends between two changes where it can: it grows to twice ``most_changes`` while people who work at
    the same time have not paused together. A page also ends after ``most_batches``.
    """
    changes: list[Change] = []
    running: dict[tuple[int | None, str], Change] = {}
    for count, (batch, end) in enumerate(_with_own_work(batches)):
        author = (batch.user_id, batch.kind)
        change = running.get(author)
        running = {who: other for who, other in running.items() if other.takes(batch, named)}
        if change is not None and author in running:
            change.add(batch)
            if count >= most_batches:
                return Page(changes, batch.v)
            continue
        is_full = len(changes) >= most_changes and not running
        if is_full or len(changes) >= 2 * most_changes or count >= most_batches:
            return Page(changes, end)
        running[author] = _begun(batch, end)
        changes.append(running[author])
    return Page(changes, None)


def _begun(batch: BatchRow, end: int) -> Change:
    return Change(
        batch.user_id,
        batch.kind,
        from_version=batch.v,
        to_version=end,
        began_at=batch.created_at,
        ended_at=batch.created_at,
        keys=dict.fromkeys(batch.keys),
    )


def _with_own_work(batches: Iterable[BatchRow]) -> Iterator[tuple[BatchRow, int]]:
    """People's and machines' batches with the version after them and after what was put right behind them."""
    ends: dict[int, int] = {}
    for batch in batches:
        end = ends.pop(batch.v + batch.n, batch.v + batch.n)
        if batch.kind == OWN_WORK:
            ends = {batch.v: end}
        else:
            yield batch, end
