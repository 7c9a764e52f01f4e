"""The one door through which text enters a transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from ..models import Segment, Speaker, Transcript
from ..timing.words import Word, encode

BATCH_ROWS = 500


@dataclass(frozen=True)
class SegmentDraft:
    """Text with its moments in media time. ``voice`` is the speaker label inside its part, or None."""

    start_ms: int
    end_ms: int
    text: str
    words: Sequence[Word]
    timing_method: str
    voice: str | None


def write_part(transcript: Transcript, part: int, drafts: Sequence[SegmentDraft]) -> None:
    """Replace the segments of one part. Call it inside the transaction that ends the part.

    Written twice, the result is the same: a repeated delivery cannot double a segment.
    """
    Segment.objects.filter(transcript=transcript, part=part).delete()
    rows = [_row(transcript, part, order, draft) for order, draft in enumerate(drafts)]
    Segment.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    transcript.touch()


def replace_all(transcript: Transcript, parts: Mapping[int, Sequence[SegmentDraft]]) -> None:
    """Put the result of a complete new pass in the place of everything there was."""
    with transaction.atomic():
        Segment.objects.filter(transcript=transcript).exclude(part__in=parts).delete()
        for part, drafts in parts.items():
            write_part(transcript, part, drafts)


def give_speakers(transcript: Transcript, speakers: Mapping[tuple[int, str], Speaker]) -> None:
    """Say who speaks: ``speakers`` maps a part and the voice inside it to a speaker of the transcript."""
    for (part, voice), speaker in speakers.items():
        Segment.objects.filter(transcript=transcript, part=part, voice=voice).update(speaker=speaker)
    transcript.touch()


def _row(transcript: Transcript, part: int, order: int, draft: SegmentDraft) -> Segment:
    return Segment(
        transcript=transcript,
        part=part,
        order=order,
        voice=(draft.voice or "")[:80],
        start_ms=draft.start_ms,
        end_ms=draft.end_ms,
        text=draft.text,
        words=encode(draft.words, draft.start_ms),
        timing_method=draft.timing_method,
    )
