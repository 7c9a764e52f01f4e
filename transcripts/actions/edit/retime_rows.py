"""The moments of words after a change: untouched words keep theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import F

from ...document.apply import Changed
from ...document.content import DocSegment
from ...models import HeardSegment, Segment, Transcript
from ...timing.retime import Timed, Untimed, retime
from ...timing.words import Word, decode, encode


class WordTable(NamedTuple):
    """As in ``Segment``: compact JSON, and where the times come from."""

    words: str
    timing_method: str


def retime_rows(
    transcript: Transcript, before: Sequence[Segment], change: Changed, tables: Mapping[str, WordTable]
) -> dict[str, WordTable]:
    """A word table for each segment in ``change.added``, by id.

    ``before`` are the rows of ``change.removed`` as they stand; ``tables`` are known already.
    """
    known = dict(tables)
    old = {row.key: row for row in before}
    segments = change.segments
    for segment in segments:
        row = old.get(segment.id)
        if row is not None and _says_the_same(row, segment):
            known.setdefault(row.key, WordTable(row.words, row.timing_method))
    open_rows = [row for row in before if row.key not in known or row.key in tables]
    open_segments = [segment for segment in segments if segment.id not in known]
    if not open_segments:
        return known
    timed = [Timed(row.start_ms, row.end_ms, row.text, decode(row.words, row.start_ms)) for row in open_rows]
    untimed = [Untimed(segment.start_ms, segment.end_ms, segment.text) for segment in open_segments]
    heard = _Heard(transcript)
    for segment, words in zip(open_segments, retime(timed, untimed, heard.between), strict=True):
        method = _method(old.get(segment.id), open_rows)
        known[segment.id] = WordTable(encode(words, segment.start_ms), method)
    return known


def _says_the_same(row: Segment, segment: DocSegment) -> bool:
    same_times = (row.start_ms, row.end_ms) == (segment.start_ms, segment.end_ms)
    return same_times and row.text == segment.text


def _method(row: Segment | None, before: Sequence[Segment]) -> str:
    if row is not None:
        return row.timing_method
    return before[0].timing_method if before else "interpolated"


class _Heard:
    """The machine's own words of a stretch, from the latest pass that heard it."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def between(self, from_ms: int, to_ms: int) -> list[Word]:
        rows = HeardSegment.objects.filter(
            hearing__transcript=self._transcript, start_ms__lt=to_ms, end_ms__gt=from_ms
        )
        complete_first = F("hearing__completed_at").desc(nulls_last=True)
        latest = rows.order_by(complete_first, "-hearing").values_list("hearing", flat=True).first()
        words: list[Word] = []
        for start_ms, table in (
            rows.filter(hearing=latest).order_by("start_ms", "pk").values_list("start_ms", "words")
        ):
            words += decode(table, start_ms)
        return [word for word in words if from_ms <= word.start_ms and word.end_ms <= to_ms]
