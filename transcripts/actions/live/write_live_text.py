"""Final captions become segments at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from ...document.insert import voice_id_of
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
        lines: dict[int, LiveLine] = {}
        # Always in the same order: two processes never wait for each other's locks.
        for place, (transcript, final) in sorted(enumerate(batch), key=lambda entry: entry[1][0].pk):
            if transcript.pk in alive:
                lines[place] = _write(transcript, final)
    return [lines.get(place) for place in range(len(batch))]


def reached_ms(transcript: Transcript) -> int:
    """Up to where the live text goes; a relay goes on from there."""
    rows = HeardSegment.objects.filter(hearing__transcript=transcript, hearing__kind=Hearing.Kind.LIVE)
    return rows.aggregate(end=Max("end_ms"))["end"] or 0


def _write(transcript: Transcript, final: Final) -> LiveLine:
    draft = SegmentDraft(
        final.start_ms, final.end_ms, final.text, final.words, final.timing_method, final.speaker or None
    )
    row = write_live(transcript, draft, name=voice_id_of(final.speaker))
    speaker = (
        Speaker.objects.filter(transcript=transcript, label=row.speaker).first() if row.speaker else None
    )
    name, hue = (speaker.display_name, speaker.colour) if speaker else ("", 0)
    return LiveLine(row.key, row.start_ms, row.end_ms, row.text, name, hue)
