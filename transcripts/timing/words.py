"""Word tables: a segment's words with their moments, and their compact stored form."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from transcripts.timing.errors import WordTableInvalid


class Word(NamedTuple):
    """One word; as JSON ``[start_ms, end_ms, "text"]``. Times are milliseconds of media time."""

    start_ms: int
    end_ms: int
    text: str


Span = tuple[int, int]


def encode(words: Sequence[Word], origin_ms: int) -> str:
    """``words`` as compact JSON: ``[[dt_ms, duration_ms, "text"], ...]``.

    ``dt_ms`` counts from the start of the word before, for the first word from ``origin_ms``, the start of
    the segment.
    """
    rows: list[list[int | str]] = []
    for word in words:
        rows.append([word.start_ms - origin_ms, word.end_ms - word.start_ms, word.text])
        origin_ms = word.start_ms
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def decode(data: str, origin_ms: int) -> list[Word]:
    """The words that ``encode`` wrote. Raises ``WordTableInvalid``."""
    words: list[Word] = []
    for row in _rows(data):
        match row:
            case [int(delta_ms), int(duration_ms), str(text)]:
                origin_ms += delta_ms
                words.append(Word(origin_ms, origin_ms + duration_ms, text))
            case _:
                raise WordTableInvalid(detail={"row": len(words)})
    return words


def _rows(data: str) -> list[Any]:
    try:
        rows = json.loads(data or "[]")
    except (ValueError, RecursionError) as error:
        raise WordTableInvalid from error
    if not isinstance(rows, list):
        raise WordTableInvalid
    return rows


def check(words: Sequence[Word], start_ms: int, end_ms: int) -> None:
    """Raise ``WordTableInvalid`` unless words lie in the segment and none begins before the last ended."""
    reached_ms = max(start_ms, 0)
    for index, word in enumerate(words):
        if not reached_ms <= word.start_ms <= word.end_ms <= end_ms:
            raise WordTableInvalid(detail={"row": index})
        reached_ms = word.end_ms


def monotone(words: Sequence[Word], start_ms: int, end_ms: int) -> list[Word]:
    """``words`` inside the segment and never running backwards; a word that is already right keeps its time.

    Words out of order move between the neighbours that are in order: the longest ordered part is believed, so
    that one wild time does not drag the rest along.
    """
    start_ms, end_ms = _ordered_span(start_ms, end_ms)
    if _is_in_order(words, start_ms, end_ms):
        return list(words)
    believed = longest_ordered([word.start_ms for word in words])
    starts = _filled([word.start_ms for word in words], believed, start_ms, end_ms)
    ends = [min(max(word.end_ms, start), end_ms) for word, start in zip(words, starts, strict=True)]
    limits = [*starts[1:], end_ms][: len(words)]
    return [
        Word(start, min(end, limit), word.text)
        for word, start, end, limit in zip(words, starts, ends, limits, strict=True)
    ]


def _is_in_order(words: Sequence[Word], start_ms: int, end_ms: int) -> bool:
    """The usual case, worth knowing early."""
    reached_ms = start_ms
    for word_start_ms, word_end_ms, _ in words:
        if word_start_ms < reached_ms or word_end_ms < word_start_ms:
            return False
        reached_ms = word_end_ms
    return reached_ms <= end_ms


def _ordered_span(start_ms: int, end_ms: int) -> Span:
    start_ms = max(start_ms, 0)
    return start_ms, max(end_ms, start_ms)


def longest_ordered(values: Sequence[int]) -> list[int]:
    """The indexes of a longest non-decreasing part of ``values``."""
    tails: list[int] = []
    tail_values: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        place = bisect_right(tail_values, value)
        before[index] = tails[place - 1] if place else -1
        tails[place : place + 1] = [index]
        tail_values[place : place + 1] = [value]
    return _walk_back(tails[-1] if tails else -1, before)


def _walk_back(index: int, before: Sequence[int]) -> list[int]:
    path: list[int] = []
    while index >= 0:
        path.append(index)
        index = before[index]
    return path[::-1]


def _filled(values: Sequence[int], believed: Iterable[int], low: int, high: int) -> list[int]:
    anchors = [(-1, low), *((index, min(max(values[index], low), high)) for index in believed)]
    anchors.append((len(values), high if values else low))
    filled = [0] * (len(values) + 1)
    for (left, left_value), (right, right_value) in pairwise(anchors):
        for index in range(left + 1, right + 1):
            filled[index] = left_value + (right_value - left_value) * (index - left) // (right - left)
    return filled[: len(values)]
