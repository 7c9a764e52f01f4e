"""Write a transcript as subtitles or as a document."""

from __future__ import annotations

import re
from typing import ClassVar

from ..errors import VoxwebError
from ..models import Segment, Transcript
from ..subtitles.document import Document, ExportSegment, ExportWord
from ..subtitles.profiles import find_profile
from ..subtitles.render import Rendered, render
from ..timing.errors import WordTableInvalid
from ..timing.words import decode
from .file_name import shown_file_name

UNFINISHED = (Transcript.State.QUEUED, Transcript.State.RUNNING, Transcript.State.FAILED)
SLASHES = r"[/\\]+"


class NothingToExportError(VoxwebError):
    code: ClassVar[str] = "nothing_to_export"
    message = "There is no text yet. Wait until the transcription has begun to write, then export."


def export_transcript(
    transcript: Transcript, format: str, *, profile: str = "", speakers: bool = True
) -> Rendered:
    """Return the file's bytes and media type; ``format`` is one of ``subtitles.render.FORMATS``.

    Raises ExportFormatUnknown, SubtitleProfileUnknown, NothingToExportError.
    """
    document = document_of(transcript)
    rendered = render(document, format, find_profile(profile), speakers=speakers)
    if not document.segments and transcript.state in UNFINISHED:
        raise NothingToExportError
    return rendered


def document_of(transcript: Transcript) -> Document:
    """One query, whatever the length."""
    rows = Segment.objects.filter(transcript=transcript).select_related("speaker")
    return Document(
        title=transcript.title,
        language=transcript.language or None,
        segments=tuple(_segment(row) for row in rows),
    )


def _segment(row: Segment) -> ExportSegment:
    return ExportSegment(
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        speaker=row.speaker.display_name if row.speaker else None,
        text=row.text,
        words=_words(row),
    )


def _words(row: Segment) -> tuple[ExportWord, ...]:
    """An unreadable word table must not stop an export: cues then follow the text alone."""
    try:
        return tuple(ExportWord(*word) for word in decode(row.words, row.start_ms))
    except WordTableInvalid:
        return ()


def export_name(transcript: Transcript, extension: str) -> str:
    """Return the file name to save under: the title, whose slashes are no folders."""
    return f"{shown_file_name(re.sub(SLASHES, '-', transcript.title))}.{extension}"
