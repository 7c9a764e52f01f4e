"""Word times after a change of many segments: splits, joins, text moved across borders, typing, undo.

The same algorithm runs in the editor; ``tests/timing/vectors`` and ``test_js_agrees`` hold the two together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from transcripts.timing.clipped import unclipped
from transcripts.timing.heard import heard_among, in_windows
from transcripts.timing.realign import table_in_span, timed_after
from transcripts.timing.recall import Heard, sources_of
from transcripts.timing.segment_pairs import blocks_of
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Span, Word, monotone

MANY = 50
"""From so many changed segments on, ``heard`` is asked for whole minutes."""
REACH_MS = 10_000
"""So far from a segment that is joined with others words are looked for that its border had cut short."""


class Timed(NamedTuple):
    """A segment before the change, with its word table."""

    start_ms: int
    end_ms: int
    text: str
    words: Sequence[Word]


class Untimed(NamedTuple):
    """A segment after the change."""

    start_ms: int
    end_ms: int
    text: str


def retime(before: Sequence[Timed], after: Sequence[Untimed], heard: Heard) -> list[list[Word]]:
    """The word tables of ``after``, which stands where ``before`` stood; both in the order of the document.

    A word keeps its exact moment, in whatever segment it stands now, as far as it lies in that one's span.
    A word that is new is looked for in ``heard``, the machine's own words of a stretch of the recording: text
    that has come back has its own moments again, and so has a word that a border cut short. What is left
    finds room as ``realign`` does it: for one segment without anything heard the result is exactly that of
    ``realign``.
    """
    if len(after) >= MANY:
        heard = in_windows(heard)
    tables: list[list[Word]] = [[] for _ in after]
    for block in blocks_of([segment[:3] for segment in before], [segment[:3] for segment in after]):
        olds, news = [before[index] for index in block.before], [after[index] for index in block.after]
        for index, table in zip(block.after, _retimed(olds, news, heard), strict=True):
            tables[index] = table
    return tables


def _retimed(olds: Sequence[Timed], news: Sequence[Untimed], heard: Heard) -> list[list[Word]]:
    if not olds:
        return [_fresh(new, heard) for new in news]
    if len(olds) == len(news) == 1:
        return [_same(olds[0], news[0], heard)]
    return _redistributed(olds, news, heard)


def _fresh(new: Untimed, heard: Heard) -> list[Word]:
    """A segment that came from nowhere fills its whole span."""
    tokens, everything = tokenise(new.text), Word(new.start_ms, new.end_ms, "")
    return timed_after([everything], tokens, [None] * len(tokens), new.start_ms, new.end_ms, [heard])


def _same(old: Timed, new: Untimed, heard: Heard) -> list[Word]:
    words, tokens = unclipped(old.words, old[:2], new[:2], heard), tokenise(new.text)
    words = table_in_span(words, new.start_ms, new.end_ms)
    return timed_after(words, tokens, sources_of(words, tokens), new.start_ms, new.end_ms, [heard])


def _redistributed(olds: Sequence[Timed], news: Sequence[Untimed], heard: Heard) -> list[list[Word]]:
    """Compare all the words of ``olds`` with all those of ``news``, wherever the borders are now."""
    now = min(new.start_ms for new in news), max(new.end_ms for new in news)
    words = [word for old in olds for word in _regrown(old, now, heard)]
    cut = [tokenise(new.text) for new in news]
    sources = sources_of(words, [token for tokens in cut for token in tokens])
    used = {source for source in sources if source is not None}
    elsewhere = heard_among(word for index, word in enumerate(words) if index not in used)
    near = _Nearby(words, sources)
    tables: list[list[Word]] = []
    for new, tokens, (first, last) in zip(news, cut, pairwise([0, *accumulate(map(len, cut))]), strict=True):
        known, places = near.of(new, first, last)
        tables.append(timed_after(known, tokens, places, new.start_ms, new.end_ms, [elsewhere, heard]))
    return tables


def _regrown(old: Timed, now: Span, heard: Heard) -> Sequence[Word]:
    near = max(now[0], old.start_ms - REACH_MS), min(now[1], old.end_ms + REACH_MS)
    return unclipped(monotone(old.words, old.start_ms, old.end_ms), old[:2], near, heard)


class _Nearby:
    """Of many words those that a segment can have come from: at its place in the text and in its time."""

    def __init__(self, words: Sequence[Word], sources: Sequence[int | None]) -> None:
        self._words, self._sources = words, sources
        self._in_time = sorted(range(len(words)), key=lambda index: words[index][:2])
        self._starts = [words[index].start_ms for index in self._in_time]
        self._longest_ms = max((word.end_ms - word.start_ms for word in words), default=0)
        known = [-1 if source is None else source for source in sources]
        self._lows = list(accumulate(known, max, initial=-1))
        known = [len(words) if source is None else source for source in reversed(sources)]
        self._highs = list(accumulate(known, min, initial=len(words)))[::-1]

    def of(self, new: Untimed, first: int, last: int) -> tuple[Sequence[Word], list[int | None]]:
        """The words, and for each token from ``first`` to ``last`` its index among them."""
        earliest = bisect_left(self._starts, new.start_ms - self._longest_ms)
        in_time = self._in_time[earliest : bisect_right(self._starts, new.end_ms)]
        low, high = self._lows[first], self._highs[last]
        indexes = sorted(index for index in in_time if low < index < high)
        places = {index: place for place, index in enumerate(indexes)}
        sources = self._sources[first:last]
        return [self._words[index] for index in indexes], [
            None if source is None else places.get(source) for source in sources
        ]
