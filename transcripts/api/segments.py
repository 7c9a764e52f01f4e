"""Correcting, splitting and joining segments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ninja import Router

from ..access import transcript_to_edit
from ..actions.correct_segment import WhoSpeaks, correct_segment
from ..actions.merge_segments import merge_segments
from ..actions.segment_to_change import SegmentChangedError
from ..actions.split_segment import split_segment
from .request import ApiRequest
from .schemas import Error, SegmentOut
from .segment_schemas import SegmentChange, SegmentMerge, SegmentPair, SegmentSplit
from .transcript_json import describe_one_segment

router = Router(tags=["segments"])

REFUSALS = {403: Error, 404: Error, 409: Error, 413: Error, 422: Error}


@router.patch("/transcripts/{code}/segments/{key}", response={200: SegmentOut, **REFUSALS})
def change_segment(request: ApiRequest, code: str, key: str, change: SegmentChange) -> dict[str, Any]:
    """Correct text, speaker or times; words that stay keep their moments. 409 shows the segment as it is."""
    transcript = transcript_to_edit(request.auth, code)
    with showing_conflicts():
        segment = correct_segment(transcript, key, change.base_rev, change.correction(), request.auth)
    return describe_one_segment(segment)


@router.post("/transcripts/{code}/segments/{key}/split", response={200: SegmentPair, **REFUSALS})
def split(request: ApiRequest, code: str, key: str, place: SegmentSplit) -> dict[str, Any]:
    """Make two of it; each word takes its moments along. 409 shows the segment as it is now."""
    transcript = transcript_to_edit(request.auth, code)
    speaker: WhoSpeaks = place.speaker if "speaker" in place.model_fields_set else "unchanged"
    with showing_conflicts():
        parts = split_segment(transcript, key, place.base_rev, place.at, request.auth, speaker=speaker)
    return {"segments": [describe_one_segment(part) for part in parts]}


@router.post("/transcripts/{code}/segments/{key}/merge", response={200: SegmentOut, **REFUSALS})
def merge(request: ApiRequest, code: str, key: str, change: SegmentMerge) -> dict[str, Any]:
    """Join it with the segment behind it, which goes. 409 shows the segment as it is now."""
    transcript = transcript_to_edit(request.auth, code)
    with showing_conflicts():
        segment = merge_segments(transcript, key, change.base_rev, request.auth)
    return describe_one_segment(segment)


@contextmanager
def showing_conflicts() -> Iterator[None]:
    """Let the answer hold the segment as it is now, where somebody else was faster."""
    try:
        yield
    except SegmentChangedError as error:
        now = describe_one_segment(error.segment)
        raise SegmentChangedError(error.segment, detail={"segment": now}) from error
