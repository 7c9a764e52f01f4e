"""Which words of two texts are the same: Myers' shortest edit script, small enough to exist in JS as well."""

from __future__ import annotations

from collections.abc import Sequence

MAX_EDITS = 600
"""With more insertions and deletions the middle of both texts counts as rewritten; bounds time and memory."""


def matching_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The index pairs ``(old, new)`` of equal words, ascending, by a longest common subsequence."""
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    left, right = range(head, old_end), range(head, new_end)
    return [
        *((index, index) for index in range(head)),
        *_middle_pairs(old, new, _shared(old, left, new, right), _shared(new, right, old, left)),
        *((old_end + index, new_end + index) for index in range(tail)),
    ]


def _shared(words: Sequence[str], part: range, others: Sequence[str], other_part: range) -> list[int]:
    """A word that stands on one side only is nobody's pair and costs no edit."""
    known = {others[index] for index in other_part}
    return [index for index in part if words[index] in known]


def _middle_pairs(
    old: Sequence[str], new: Sequence[str], olds: Sequence[int], news: Sequence[int]
) -> list[tuple[int, int]]:
    pairs = _myers([old[index] for index in olds], [new[index] for index in news])
    return [(olds[left], news[right]) for left, right in pairs]


def _common_head(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    while count < len(old) and count < len(new) and old[count] == new[count]:
        count += 1
    return count


def _myers(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    trace = _furthest_reaches(old, new)
    return _walk_back(old, new, trace) if trace else []


def _furthest_reaches(old: Sequence[str], new: Sequence[str]) -> list[dict[int, int]]:
    """For each number of edits, how far into ``old`` each diagonal gets; empty when it takes too many."""
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MAX_EDITS) + 1):
        trace.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(reach, diagonal, edits)
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            reach[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return trace
    return []


def _step(reach: dict[int, int], diagonal: int, edits: int) -> int:
    down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
    return reach[diagonal + 1] if down else reach[diagonal - 1] + 1


def _walk_back(old: Sequence[str], new: Sequence[str], trace: list[dict[int, int]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    x, y = len(old), len(new)
    for edits in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[edits], x - y
        down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
        came_from = diagonal + 1 if down else diagonal - 1
        start_x = reach[came_from] if edits else 0
        start_y = start_x - came_from if edits else 0
        while x > start_x and y > start_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = start_x, start_y
    return pairs[::-1]
