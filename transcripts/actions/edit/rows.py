"""Whether the rows that are read still equal the document, and writing them anew."""

from __future__ import annotations

from django.db import transaction
from prosemirror.model import Node

from ...document.apply import whole
from ...document.content import DocSegment, DocVoice, segments_of, voices_of
from ...models import Segment, Speaker, StepBatch, Transcript
from .project import project, rows_of
from .read import current, doc_of, document_of
from .retime_rows import WordTable


def rows_equal_document(transcript: Transcript) -> bool:
    """Compare every segment and speaker with the document, as it is now."""
    _, document = document_of(transcript)
    return _rows_equal(transcript, document)


def write_rows_anew(transcript: Transcript) -> bool:
    """Write rows that differ from the document; returns whether there were any. Words keep their moments."""
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        document = current(doc_of(transcript), transcript.code)
        if _rows_equal(transcript, document):
            return False
        rows = {row.key: row for row in Segment.objects.filter(transcript=transcript)}
        keys = {segment.id for segment in segments_of(document)}
        Segment.objects.filter(transcript=transcript).exclude(key__in=keys).delete()
        tables = {
            segment.id: WordTable(row.words, row.timing_method)
            for segment in segments_of(document)
            if (row := rows.get(segment.id)) and (row.text, row.start_ms) == (segment.text, segment.start_ms)
        }
        everything = whole(document)
        kept = rows_of(transcript, everything.keys)
        project(transcript, everything, document, kept, None, StepBatch.Kind.SERVER, tables)
        transcript.touch()
    return True


def _rows_equal(transcript: Transcript, document: Node) -> bool:
    rows = Segment.objects.filter(transcript=transcript).select_related("speaker").defer("words")
    said = [
        DocSegment(
            row.key, row.speaker.label if row.speaker else "", row.start_ms, row.end_ms, row.text, row.is_held
        )
        for row in rows
    ]
    speakers = Speaker.objects.filter(transcript=transcript)
    cast = [DocVoice(speaker.label, speaker.name, speaker.hue) for speaker in speakers]
    known = {voice.id for voice in cast}
    return cast == voices_of(document) and said == [_as_row(one, known) for one in segments_of(document)]


def _as_row(segment: DocSegment, known: set[str]) -> DocSegment:
    """A voice that has gone from the cast is nobody to those who read."""
    speaker = segment.speaker if segment.speaker in known else ""
    attrs = {**segment.attrs, "speaker": speaker}
    return DocSegment(**attrs, text=segment.text)
