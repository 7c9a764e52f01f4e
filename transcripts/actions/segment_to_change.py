"""The segment that somebody wants to change, unless somebody else was faster."""

from __future__ import annotations

from typing import Any, ClassVar

from ..errors import VoxwebError
from ..models import Segment, Transcript


class SegmentGoneError(VoxwebError):
    code: ClassVar[str] = "segment_gone"
    message = (
        "This passage is not there any more: a newer transcription has taken its place. "
        "Copy what you wrote, then reload the page."
    )


class SegmentChangedError(VoxwebError):
    """``segment`` is the row as it stands now."""

    code: ClassVar[str] = "segment_changed"
    message = "Somebody changed this passage while you were writing. Your text was not saved over theirs."

    def __init__(self, segment: Segment, *, detail: dict[str, Any] | None = None) -> None:
        super().__init__(detail=detail)
        self.segment = segment


def segment_now(transcript: Transcript, key: str) -> Segment:
    """Raises SegmentGoneError. Call it with the transcript locked, or what it answers may be old."""
    segment = Segment.objects.filter(transcript=transcript, key=key).first()
    if segment is None:
        raise SegmentGoneError
    return segment


def segment_at_revision(transcript: Transcript, key: str, base_rev: int) -> Segment:
    """Raises SegmentGoneError and SegmentChangedError. Call it with the transcript locked."""
    segment = segment_now(transcript, key)
    if segment.rev != base_rev:
        raise SegmentChangedError(segment)
    return segment
