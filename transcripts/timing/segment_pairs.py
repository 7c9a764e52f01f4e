"""Which segments of two texts are the same ones, so that only the rest has to be compared word by word."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from transcripts.timing.words import longest_ordered

Place = tuple[int, int, str]
"""Start, end and text of a segment."""


class Block(NamedTuple):
    """Indexes of the segments before and after the change that belong together."""

    before: Sequence[int]
    after: Sequence[int]


def blocks_of(before: Sequence[Place], after: Sequence[Place]) -> list[Block]:
    """Every segment in one block: with its like where it has one, else with its neighbours that have none.

    Segments are alike that have the same times, else the same text, and are the only ones that do. Time and
    memory grow with the number of segments and no faster.
    """
    pairs = _alike(before, after)
    alike = [Block([old], [new]) for old, new in pairs]
    return alike + list(_left_over(len(before), len(after), pairs))


def _alike(before: Sequence[Place], after: Sequence[Place]) -> list[tuple[int, int]]:
    by_time = _matched(before, after, lambda place: place[:2], range(len(before)), range(len(after)))
    taken_before, taken_after = {old for old, _ in by_time}, {new for _, new in by_time}
    by_text = _matched(
        before,
        after,
        lambda place: place[2],
        [index for index in range(len(before)) if index not in taken_before],
        [index for index in range(len(after)) if index not in taken_after],
    )
    return sorted(by_time + by_text)


def _matched(
    before: Sequence[Place],
    after: Sequence[Place],
    key: Callable[[Place], Hashable],
    olds: Sequence[int],
    news: Sequence[int],
) -> list[tuple[int, int]]:
    old_by_key = _only_ones(before, key, olds)
    new_by_key = _only_ones(after, key, news)
    return [(old, new_by_key[found]) for found, old in old_by_key.items() if found in new_by_key]


def _only_ones(
    places: Sequence[Place], key: Callable[[Place], Hashable], indexes: Sequence[int]
) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    seen: set[Hashable] = set()
    for index in indexes:
        value = key(places[index])
        if value in seen:
            found.pop(value, None)
        else:
            seen.add(value)
            found[value] = index
    return found


def _left_over(old_count: int, new_count: int, pairs: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """What stands between the pairs that are in the same order on both sides."""
    taken_before, taken_after = {old for old, _ in pairs}, {new for _, new in pairs}
    ordered = [pairs[index] for index in longest_ordered([new for _, new in pairs])]
    reached_old = reached_new = 0
    for old, new in [*ordered, (old_count, new_count)]:
        olds = [index for index in range(reached_old, old) if index not in taken_before]
        news = [index for index in range(reached_new, new) if index not in taken_after]
        if news:
            yield Block(olds, news)
        reached_old, reached_new = old + 1, new + 1
