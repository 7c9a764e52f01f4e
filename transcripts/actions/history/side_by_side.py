"""Two versions of a text beside each other: which passages belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...document.content import DocSegment

LEAST_SHARED = 0.5
"""Passages without a common id belong together when they share this much of the shorter one's time."""

State = Literal["same", "changed", "removed", "added"]


@dataclass(slots=True)
class Row:
    """Passages of the first version and what stands in their place in the second, each in reading order."""

    left: list[DocSegment] = field(default_factory=list)
    right: list[DocSegment] = field(default_factory=list)

    @property
    def state(self) -> State:
        if not self.right:
            return "removed"
        if not self.left:
            return "added"
        return "same" if self.left == self.right else "changed"

    @property
    def start_ms(self) -> int:
        return (self.left or self.right)[0].start_ms

    def ids(self) -> set[str]:
        return {segment.id for segment in (*self.left, *self.right)}

    def belongs_to(self, other: Row) -> bool:
        """Whether one was split off, joined or heard anew from the other."""
        if self.state == "same" or other.state == "same" or (self._is_pair and other._is_pair):
            return False
        return _share_time(self.left, other.right) or _share_time(self.right, other.left)

    @property
    def _is_pair(self) -> bool:
        return bool(self.left and self.right)


def side_by_side(left: Sequence[DocSegment], right: Sequence[DocSegment]) -> list[Row]:
    """Rows that hold every passage of both versions once, in reading order.

    Passages with the same id stand in one row; what was split, joined or transcribed anew joins the row
    whose time it shares.
    """
    rows: list[Row] = []
    for row in _single_rows(left, right):
        if rows and row.belongs_to(rows[-1]):
            rows[-1].left += row.left
            rows[-1].right += row.right
        else:
            rows.append(row)
    return rows


def _single_rows(left: Sequence[DocSegment], right: Sequence[DocSegment]) -> Iterator[Row]:
    left_done = right_done = 0
    for left_index, right_index in [*_pairs(left, right), (len(left), len(right))]:
        yield from _unpaired(left[left_done:left_index], right[right_done:right_index])
        if left_index < len(left):
            yield Row([left[left_index]], [right[right_index]])
        left_done, right_done = left_index + 1, right_index + 1


def _unpaired(left: Sequence[DocSegment], right: Sequence[DocSegment]) -> Iterator[Row]:
    """In the order of time; each side keeps its own order."""
    next_left = next_right = 0
    while next_left < len(left) or next_right < len(right):
        is_left = next_right == len(right) or (
            next_left < len(left) and left[next_left].start_ms <= right[next_right].start_ms
        )
        if is_left:
            yield Row(left=[left[next_left]])
            next_left += 1
        else:
            yield Row(right=[right[next_right]])
            next_right += 1


def _pairs(left: Sequence[DocSegment], right: Sequence[DocSegment]) -> list[tuple[int, int]]:
    """Index pairs with the same id, ascending on both sides; of those that cross, as few as possible go."""
    place_of = {segment.id: index for index, segment in enumerate(right)}
    found = [(index, place_of[segment.id]) for index, segment in enumerate(left) if segment.id in place_of]
    return [found[index] for index in _longest_rise([right_index for _, right_index in found])]


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest ascending subsequence."""
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(lowest, number)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]


def _share_time(one: Sequence[DocSegment], other: Sequence[DocSegment]) -> bool:
    if not one or not other:
        return False
    start_ms = max(one[0].start_ms, other[0].start_ms)
    end_ms = min(one[-1].end_ms, other[-1].end_ms)
    shorter_ms = min(one[-1].end_ms - one[0].start_ms, other[-1].end_ms - other[0].start_ms)
    return end_ms > start_ms and end_ms - start_ms >= LEAST_SHARED * shorter_ms
