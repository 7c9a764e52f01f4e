"""Plain text to read: the title, then each turn under its speaker and clock time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcripts.subtitles.clock import clock_time
from transcripts.subtitles.document import Document
from transcripts.subtitles.timed_segments import TimedSegment, timed_segments
from transcripts.timing.tokens import normalise_text

LONGEST_TURN_MS = 60_000
"""A longer turn is cut at a segment, so that the clock time never lies far back."""


def render_txt(document: Document, *, speakers: bool) -> str:
    """The document as text; paragraphs are separated by an empty line."""
    turns = map(_paragraph, _turns(timed_segments(document), speakers))
    title = normalise_text(document.title)
    return "\n\n".join([*([title] if title else []), *turns]) + "\n"


def _turns(segments: Sequence[TimedSegment], speakers: bool) -> Iterator[tuple[str, list[TimedSegment]]]:
    turn: list[TimedSegment] = []
    for segment in segments:
        if turn and (
            segment.speaker != turn[0].speaker or segment.end_ms - turn[0].start_ms > LONGEST_TURN_MS
        ):
            yield _name(turn[0], speakers), turn
            turn = []
        turn.append(segment)
    if turn:
        yield _name(turn[0], speakers), turn


def _name(segment: TimedSegment, speakers: bool) -> str:
    return segment.speaker or "" if speakers else ""


def _paragraph(turn: tuple[str, list[TimedSegment]]) -> str:
    name, segments = turn
    heading = f"[{clock_time(segments[0].start_ms)}] {name}".rstrip()
    return f"{heading}\n{' '.join(segment.text for segment in segments)}"
