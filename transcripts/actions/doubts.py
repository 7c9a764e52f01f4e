"""Words of the machine that may be wrong and that nobody has corrected or confirmed yet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ..models import HeardSegment, Segment, Transcript, User
from ..timing.words import Span, Word, decode

MOST_SPOTS = 500
BATCH_ROWS = 500


@dataclass
class Doubts:
    """``[start_ms, end_ms, reason]``, in the order of time. What somebody rewrote is in neither list."""

    open: list[list[Any]] = field(default_factory=list)
    checked: list[list[Any]] = field(default_factory=list)


def doubts_of(transcript: Transcript) -> Doubts:
    """The doubts of all passes whose word still stands in the text as it was heard, at its moment."""
    heard = list(_heard_with_doubts(transcript))
    if not heard:
        return Doubts()
    now = dict(_rows(transcript))
    as_heard = {row.key for row in heard if row.key in now and now[row.key][::2] == (row.start_ms, row.words)}
    moments = sorted(doubt[0] for row in heard if row.key not in as_heard for doubt in row.doubts)
    moved = _words_at(moments, (place for key, place in now.items() if key not in as_heard))
    found = {
        (doubt[0], doubt[1]): doubt
        for row in heard
        for doubt in (row.doubts if row.key in as_heard else _standing(row, moved))
    }
    doubts = Doubts()
    for _, (start_ms, end_ms, reason, *checked_by) in sorted(found.items()):
        (doubts.checked if checked_by else doubts.open).append([start_ms, end_ms, reason])
    return doubts


def check_doubts(transcript: Transcript, spots: Collection[Span], user: User, *, is_right: bool) -> int:
    """Say that the words at ``spots`` are right as they are, for everybody, or take that back.

    Answers how many segments were changed; of what was heard only ``doubts`` is ever written.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        wanted = set(spots)
        rows = [row for row in _heard_with_doubts(transcript) if _mark(row, wanted, user, is_right)]
        HeardSegment.objects.bulk_update(rows, ["doubts"], batch_size=BATCH_ROWS)
    return len(rows)


def _heard_with_doubts(transcript: Transcript) -> Iterable[HeardSegment]:
    rows = HeardSegment.objects.filter(hearing__transcript=transcript).exclude(doubts=[])
    return rows.only("key", "start_ms", "words", "doubts", "hearing_id").order_by("pk")


_Place = tuple[int, int, str]
"""start_ms, end_ms, words."""


def _rows(transcript: Transcript) -> Iterable[tuple[str, _Place]]:
    rows = Segment.objects.filter(transcript=transcript).order_by()
    columns = rows.values_list("key", "start_ms", "end_ms", "words")
    return ((key, (start_ms, end_ms, words)) for key, start_ms, end_ms, words in columns)


def _words_at(moments_ms: Sequence[int], places: Iterable[_Place]) -> set[Word]:
    """The words of places in whose time one of the (sorted) moments lies; others are not decoded."""
    return {
        word
        for start_ms, end_ms, words in places
        if bisect_left(moments_ms, start_ms) < bisect_right(moments_ms, end_ms)
        for word in decode(words, start_ms)
    }


def _standing(row: HeardSegment, words: Collection[Word]) -> list[Sequence[Any]]:
    heard = {word[:2]: word for word in decode(row.words, row.start_ms)}
    return [doubt for doubt in row.doubts if heard.get((doubt[0], doubt[1])) in words]


def _mark(row: HeardSegment, wanted: Collection[Span], user: User, is_right: bool) -> bool:
    """Whether anything changed. A fourth entry of a doubt is the person who said that the word is right."""
    marked = [
        [*doubt[:3], user.pk][: 4 if is_right else 3]
        if (doubt[0], doubt[1]) in wanted and (len(doubt) > 3) != is_right
        else doubt
        for doubt in row.doubts
    ]
    changed = marked != row.doubts
    row.doubts = marked
    return changed
