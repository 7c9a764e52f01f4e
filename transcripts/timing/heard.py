"""The words that were once known to be said, by the stretch of the recording they lie in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from transcripts.timing.recall import Heard
from transcripts.timing.words import Word

WINDOW_MS = 60_000
_REACH_MS = 10_000


def heard_among(words: Iterable[Word]) -> Heard:
    """``words``, in any order, as the question ``retime`` asks; each answer takes two bisections."""
    ordered = sorted(words, key=lambda word: word[:2])
    starts = [word.start_ms for word in ordered]
    longest_ms = max((word.end_ms - word.start_ms for word in ordered), default=0)

    def heard(from_ms: int, to_ms: int) -> Sequence[Word]:
        return ordered[bisect_left(starts, from_ms - longest_ms) : bisect_right(starts, to_ms)]

    return heard


def in_windows(heard: Heard) -> Heard:
    """``heard``, asked once for each minute instead of for every gap: behind it may be a database."""
    minutes: dict[int, Heard] = {}

    def minute(number: int) -> Heard:
        if number not in minutes:
            from_ms = number * WINDOW_MS
            # An answer may leave out words that lie on its borders.
            words = heard(from_ms - _REACH_MS, from_ms + WINDOW_MS + _REACH_MS)
            minutes[number] = heard_among(word for word in words if word.start_ms // WINDOW_MS == number)
        return minutes[number]

    def between(from_ms: int, to_ms: int) -> Sequence[Word]:
        numbers = range((from_ms - _REACH_MS) // WINDOW_MS, to_ms // WINDOW_MS + 1)
        return [word for number in numbers for word in minute(number)(from_ms, to_ms)]

    return between
