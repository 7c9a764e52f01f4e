"""What the machine had written before people changed it: the base that a new pass is compared with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..document.content import DocSegment
from ..models import HeardSegment, Hearing
from ..timing.words import decode
from .merge.texts import Heard

Fact = tuple[str, int, int, str]
"""Id, times and text."""


def base_of(own: Hearing, segments: Sequence[DocSegment], *, is_complete: bool) -> Hearing:
    """The pass that most of the text is of, the latest where several are; ``own`` where none was before.

    Mostly that is the latest complete one; after an older version was restored it is an older one. A pass
    that is not ``is_complete`` replaces nothing but its own text.
    """
    others = Hearing.objects.filter(transcript=own.transcript_id).exclude(pk=own.pk).order_by("-pk")
    there = {_fact(segment) for segment in segments}
    found = [(len(there & _facts(other)), other) for other in others] if is_complete else []
    count, best = max(found, key=lambda entry: entry[0], default=(0, own))
    return best if count else _latest_that_heard(found) or own


def heard_in(hearing: Hearing) -> list[Heard]:
    rows = HeardSegment.objects.filter(hearing=hearing)
    return [
        Heard(row.key, row.start_ms, row.end_ms, row.text, decode(row.words, row.start_ms), row.speaker)
        for row in rows
    ]


def not_of(own: Hearing, segments: Sequence[DocSegment]) -> list[DocSegment]:
    """Without what ``own`` has already written and nobody changed, which is about to be written again."""
    facts = _facts(own)
    return [segment for segment in segments if _fact(segment) not in facts]


def _latest_that_heard(found: Collection[tuple[int, Hearing]]) -> Hearing | None:
    return next((hearing for _, hearing in found if hearing.segments.exists()), None)


def _facts(hearing: Hearing) -> set[Fact]:
    return set(
        HeardSegment.objects.filter(hearing=hearing)
        .values_list("key", "start_ms", "end_ms", "text")
        .order_by()
    )


def _fact(segment: DocSegment) -> Fact:
    return (segment.id, segment.start_ms, segment.end_ms, segment.text)
