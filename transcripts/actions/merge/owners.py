"""Where the words of the base have gone to in the document, where people split, joined and rewrote."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from ...timing.heard_again import heard_again
from ...timing.words import Word
from .texts import Heard, Written


class Owned(NamedTuple):
    """For each word of a heard segment the number of the document's segment; None where it was deleted.

    ``following`` is the number of the segment that the next words went to.
    """

    owners: list[int] | None
    following: int


def owners_of(heard: Sequence[Heard], now: Sequence[Written], *, starts_same: bool) -> list[Owned]:
    """``starts_same``: the first of both is the same segment, so that its words were not deleted with it."""
    old = [word for said in heard for word in said.words]
    sure = _sure_owners(old, now)
    search = _Search(old, now, sure)
    owned: list[Owned] = []
    first = 0
    for index, said in enumerate(heard):
        span = range(first, first + len(said.words))
        first = span.stop
        lives = bool(now) and ((starts_same and index == 0) or search.is_there(said, span))
        owned.append(Owned(search.owners(span) if lives else None, search.after[span.stop]))
    return owned


def _sure_owners(old: Sequence[Word], now: Sequence[Written]) -> dict[int, int]:
    """Words that still stand in the document, with the number of their segment."""
    numbers = [number for number, written in enumerate(now) for _ in written.words]
    pairs = heard_again(old, [word for written in now for word in written.words])
    return {left: numbers[right] for left, right in pairs}


class _Search:
    """Walks over the words of the base in order; what it finds never goes back."""

    def __init__(self, old: Sequence[Word], now: Sequence[Written], sure: Mapping[int, int]) -> None:
        self._old, self._now, self._sure = old, now, sure
        self._starts = list(accumulate((written.segment.start_ms for written in now), max))
        self._lowest = 0
        self.before, self.after = [-1], [len(now)]
        for index in range(len(old)):
            self.before.append(sure.get(index, self.before[-1]))
            self.after.append(sure.get(len(old) - 1 - index, self.after[-1]))
        self.after.reverse()

    def is_there(self, said: Heard, span: range) -> bool:
        """Whether some of it still stands, was cut out of one segment, or was rewritten in its place."""
        before, after = self.before[span.start], self.after[span.stop]
        return (
            before == after or any(index in self._sure for index in span) or self._covers(said, before, after)
        )

    def owners(self, span: range) -> list[int]:
        owners: list[int] = []
        for index in span:
            highest = min(self.after[index], len(self._now) - 1)
            self._lowest = self._sure.get(index, self._by_time(self._old[index], highest))
            owners.append(self._lowest)
        return owners

    def _by_time(self, word: Word, highest: int) -> int:
        middle_ms = (word.start_ms + word.end_ms) // 2
        between = range(self._lowest, highest)
        fitting = (number for number in between if self._now[number].segment.end_ms > middle_ms)
        return next(fitting, max(self._lowest, highest))

    def _covers(self, said: Heard, before: int, after: int) -> bool:
        """Whether a segment that stands between the two covers most of its time."""
        first = max(before, bisect_right(self._starts, said.start_ms) - 1, 0)
        behind = min(after + 1, bisect_left(self._starts, said.end_ms), len(self._now))
        return any(
            2 * _shared_ms(said, self._now[number]) > said.end_ms - said.start_ms
            for number in range(first, behind)
        )


def _shared_ms(said: Heard, written: Written) -> int:
    return min(said.end_ms, written.segment.end_ms) - max(said.start_ms, written.segment.start_ms)
