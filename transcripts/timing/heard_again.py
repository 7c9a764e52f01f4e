"""Which words of two timed texts of the same sound are the same, however long the sound is.

A shortest edit script of two ten-hour texts would take minutes. So words are first matched where three in a
row are said at about the same moment; what lies between is short, and compared exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from transcripts.timing.three_way import word_key
from transcripts.timing.word_diff import matching_pairs
from transcripts.timing.words import Word, longest_ordered

NEAR_MS = 3_000
"""Two passes put the same word at most this far apart."""

Pair = tuple[int, int]


def heard_again(old: Sequence[Word], new: Sequence[Word]) -> list[Pair]:
    """The index pairs ``(old, new)`` of equal words, ascending on both sides."""
    old_keys, new_keys = [word_key(word.text) for word in old], [word_key(word.text) for word in new]
    pairs: list[Pair] = []
    old_done = new_done = 0
    for old_index, new_index in [*_sure(old, old_keys, new, new_keys), (len(old), len(new))]:
        if old_done < old_index and new_done < new_index:
            between = matching_pairs(old_keys[old_done:old_index], new_keys[new_done:new_index])
            pairs += ((old_done + left, new_done + right) for left, right in between)
        if old_index < len(old):
            pairs.append((old_index, new_index))
        old_done, new_done = old_index + 1, new_index + 1
    return pairs


def _sure(
    old: Sequence[Word], old_keys: Sequence[str], new: Sequence[Word], new_keys: Sequence[str]
) -> list[Pair]:
    """Pairs that begin three equal words, with no other such place near; ascending on both sides."""
    places: dict[tuple[str, str, str], list[int]] = {}
    for index, three in enumerate(zip(old_keys, old_keys[1:], old_keys[2:], strict=False)):
        places.setdefault(three, []).append(index)
    starts = [word.start_ms for word in old]
    found: list[Pair] = []
    for index, three in enumerate(zip(new_keys, new_keys[1:], new_keys[2:], strict=False)):
        near = _near(places.get(three, ()), starts, new[index].start_ms)
        if len(near) == 1:
            found.append((near[0], index))
    return _ascending(found)


def _near(places: Sequence[int], starts: Sequence[int], at_ms: int) -> Sequence[int]:
    first, behind = bisect_left(starts, at_ms - NEAR_MS), bisect_right(starts, at_ms + NEAR_MS)
    return places[bisect_left(places, first) : bisect_left(places, behind)]


def _ascending(found: Sequence[Pair]) -> list[Pair]:
    rising: list[Pair] = []
    for index in longest_ordered([old for old, _ in found]):
        if not rising or found[index][0] > rising[-1][0]:
            rising.append(found[index])
    return rising
