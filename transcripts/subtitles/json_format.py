"""The transcript for programs. The form below is stable: later versions only add keys.

``{"format": "voxweb-transcript", "version": 1, "title": str, "language": str | null, "duration_ms": int,
"speakers": [{"name": str}], "segments": [{"start_ms": int, "end_ms": int, "speaker": str | null, "text": str,
"words": [[start_ms, end_ms, "text"], ...]}]}``

Times are integer milliseconds of media time; ``duration_ms`` is where the last segment ends. Segments come by
start, speakers by first appearance; ``speaker`` is one of ``speakers``' names. Texts are on one line, and the
words make up the text: with spaces between them, except in scripts written without.
"""

from __future__ import annotations

import json
from typing import Any

from transcripts.subtitles.document import Document
from transcripts.subtitles.timed_segments import TimedSegment, speakers_of, timed_segments
from transcripts.timing.tokens import normalise_text

FORMAT_NAME = "voxweb-transcript"
FORMAT_VERSION = 1


def render_json(document: Document) -> str:
    """The document as JSON in the form above."""
    return json.dumps(json_value(document), ensure_ascii=False) + "\n"


def json_value(document: Document) -> dict[str, Any]:
    """The same as plain values."""
    segments = timed_segments(document)
    return {
        "format": FORMAT_NAME,
        "version": FORMAT_VERSION,
        "title": normalise_text(document.title),
        "language": document.language,
        "duration_ms": max((segment.end_ms for segment in segments), default=0),
        "speakers": [{"name": name} for name in speakers_of(segments)],
        "segments": [_segment(segment) for segment in segments],
    }


def _segment(segment: TimedSegment) -> dict[str, Any]:
    return {
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "speaker": segment.speaker,
        "text": segment.text,
        "words": [list(word) for word in segment.words],
    }
