"""Text in a transcript as a machine pass leaves it: through the one door, with what was heard beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone
from prosemirror.transform import Transform

from transcripts.actions.edit.retime_rows import WordTable
from transcripts.actions.edit.server_edit import edit
from transcripts.document.content import DocSegment, DocVoice
from transcripts.document.difference import steps_towards
from transcripts.document.insert import append_segments
from transcripts.models import HeardSegment, Hearing, Segment, StepBatch, Transcript
from transcripts.timing.tokens import tokenise


def even_words(start_ms: int, end_ms: int, text: str) -> str:
    """Compact word table ``[[dt_ms, duration_ms, "text"], ...]`` with words of equal length."""
    words = tokenise(text)
    step = (end_ms - start_ms) // max(len(words), 1)
    rows = (f'[{0 if n == 0 else step},{step},"{word}"]' for n, word in enumerate(words))
    return "[" + ",".join(rows) + "]"


def write_heard(
    transcript: Transcript,
    segments: Sequence[DocSegment],
    voices: Sequence[DocVoice] = (),
    *,
    method: str = "api",
    tables: Mapping[str, WordTable] | None = None,
) -> Hearing:
    """Make these the whole text of the transcript and the latest machine pass; its page version stays."""
    version = Transcript.objects.values_list("version", flat=True).get(pk=transcript.pk)
    tables = tables or {
        segment.id: WordTable(even_words(segment.start_ms, segment.end_ms, segment.text), method)
        for segment in segments
    }
    write_text(transcript, segments, voices, tables=tables)
    Transcript.objects.filter(pk=transcript.pk).update(version=version)
    hearing = Hearing.objects.create(transcript=transcript, completed_at=timezone.now())
    HeardSegment.objects.bulk_create(
        HeardSegment(
            hearing=hearing,
            key=segment.id,
            order=order,
            start_ms=segment.start_ms,
            end_ms=segment.end_ms,
            text=segment.text,
            words=tables[segment.id].words,
            timing_method=tables[segment.id].timing_method,
            voice=segment.speaker,
            speaker=segment.speaker,
        )
        for order, segment in enumerate(segments)
    )
    return hearing


def write_text(
    transcript: Transcript,
    segments: Sequence[DocSegment],
    voices: Sequence[DocVoice] = (),
    *,
    kind: str = StepBatch.Kind.ASR,
    tables: Mapping[str, WordTable] | None = None,
) -> int:
    """Make these the whole text of the transcript; returns the version of the document."""

    def change(tr: Transform) -> None:
        steps_towards(tr, voices, segments)

    return edit(transcript, kind, None, change, tables=tables)


def add_segments(
    transcript: Transcript, segments: Sequence[DocSegment], *, kind: str = StepBatch.Kind.ASR
) -> None:
    """Write these behind what is there."""

    def change(tr: Transform) -> None:
        append_segments(tr, segments)

    edit(transcript, kind, None, change)


def nth(transcript: Transcript, number: int) -> Segment:
    """The row of the segment at this place, counted from 0."""
    return transcript.segments.all()[number]
