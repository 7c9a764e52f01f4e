"""Words that a border once cut short or took along, when it goes back: a drag of an edge can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from transcripts.timing.realign import table_in_span
from transcripts.timing.recall import Heard, sources_of
from transcripts.timing.words import Span, Word

BESIDE_MS = 1000
"""A word whose border has been moved since it was cut was said at most so far beyond where that is now."""


def unclipped(words: Sequence[Word], was: Span, now: Span, heard: Heard) -> Sequence[Word]:
    """``words`` of a segment that goes from ``was`` to ``now``; some get back what ``heard`` knows.

    Those are the words that are exactly what the borders of ``was`` left of them; the whole table where it is
    exactly what had come along to ``was``; and what earlier borders left of a word, where its time is free.
    """
    is_within = now[0] >= was[0] and now[1] <= was[1]
    if is_within or not any(_touches(word, was) or not _has_room(word) for word in words):
        return words
    said = sorted(heard(*now), key=lambda word: word[:2])
    sources = sources_of(said, [word.text for word in words])
    known = [
        word if source is None else said[source]._replace(text=word.text)
        for word, source in zip(words, sources, strict=True)
    ]
    if None not in sources and table_in_span(known, *was) == list(words):
        return known
    back = [one if _is_left_of(one, word, was) else word for one, word in zip(known, words, strict=True)]
    return _regained(back, known, (max(now[0], was[0] - BESIDE_MS), min(now[1], was[1] + BESIDE_MS)))


def _touches(word: Word, span: Span) -> bool:
    return word.start_ms <= span[0] or word.end_ms >= span[1]


def _has_room(word: Word) -> bool:
    return word.start_ms < word.end_ms


def _is_left_of(said: Word, word: Word, was: Span) -> bool:
    """Whether the borders of ``was`` make ``word`` of the word that was said."""
    return word[:2] == (
        min(max(said.start_ms, was[0]), was[1]),
        max(min(said.end_ms, was[1]), was[0]),
    )


def _regained(words: list[Word], known: Sequence[Word], span: Span) -> list[Word]:
    """``words`` with those whole again of which there is only a rest, where no other word has that time."""
    for index, one in enumerate(known):
        if one != words[index] and _is_rest_of(one, words[index]) and _is_free(words, index, one, span):
            words[index] = one
            _make_way(words, index)
    return words


def _is_rest_of(said: Word, word: Word) -> bool:
    return not _has_room(word) or said.start_ms <= word.start_ms < word.end_ms <= said.end_ms


def _is_free(words: Sequence[Word], index: int, one: Word, span: Span) -> bool:
    before = next((word.end_ms for word in reversed(words[:index]) if _has_room(word)), span[0])
    behind = next((word.start_ms for word in words[index + 1 :] if _has_room(word)), span[1])
    return before <= one.start_ms and one.end_ms <= behind


def _make_way(words: list[Word], index: int) -> None:
    """What stands beside the word and has no room of its own moves to its edges."""
    start_ms, end_ms, _ = words[index]
    for place in range(index - 1, -1, -1):
        if _has_room(words[place]) or words[place].start_ms <= start_ms:
            break
        words[place] = words[place]._replace(start_ms=start_ms, end_ms=start_ms)
    for place in range(index + 1, len(words)):
        if _has_room(words[place]) or words[place].start_ms >= end_ms:
            break
        words[place] = words[place]._replace(start_ms=end_ms, end_ms=end_ms)
