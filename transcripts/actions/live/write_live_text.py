"""Final captions become segments at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from ...models import HeardSegment, Hearing, Speaker, Transcript
from ...models.transcript import touch_all
from ...relay.captions import Final
from ..write_segments import SegmentDraft, write_live


@dataclass(frozen=True, slots=True)
class LiveLine:
    """A segment as pages show it; ``hue`` is 0 for an unknown voice."""

    key: str
    start_ms: int
    end_ms: int
    text: str
    speaker: str
    hue: int


def write_finals(batch: Sequence[tuple[Transcript, Final]]) -> list[LiveLine | None]:
    """Append a segment per final text, for many takes in one transaction; speakers as they are first heard.

    None stands for text whose transcript has been deleted.
    """
    with transaction.atomic():
        alive = set(touch_all({transcript.pk for transcript, _ in batch}))
        said = [(transcript, _draft(final)) for transcript, final in batch if transcript.pk in alive]
        rows = write_live(said)
        lines = iter(_lines([transcript.pk for transcript, _ in said], rows))
    return [next(lines) if transcript.pk in alive else None for transcript, _ in batch]


def reached_ms(transcript: Transcript) -> int:
    """Up to where the live text goes; a relay goes on from there."""
    rows = HeardSegment.objects.filter(hearing__transcript=transcript, hearing__kind=Hearing.Kind.LIVE)
    return rows.aggregate(end=Max("end_ms"))["end"] or 0


def _draft(final: Final) -> SegmentDraft:
    return SegmentDraft(
        final.start_ms, final.end_ms, final.text, final.words, final.timing_method, final.speaker or None
    )


def _lines(pks: Sequence[int], rows: Sequence[HeardSegment]) -> list[LiveLine]:
    """``pks`` are the transcripts of ``rows``."""
    named = {pk for pk, row in zip(pks, rows, strict=True) if row.speaker}
    speakers = Speaker.objects.filter(transcript__in=named) if named else ()
    found = {(speaker.transcript_id, speaker.label): speaker for speaker in speakers}
    return [_line(row, found.get((pk, row.speaker))) for pk, row in zip(pks, rows, strict=True)]


def _line(row: HeardSegment, speaker: Speaker | None) -> LiveLine:
    name, hue = (speaker.display_name, speaker.colour) if speaker else ("", 0)
    return LiveLine(row.key, row.start_ms, row.end_ms, row.text, name, hue)
