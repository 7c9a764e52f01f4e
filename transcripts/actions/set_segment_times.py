"""Times of a segment set by hand: they are kept from then on."""

from __future__ import annotations

from typing import ClassVar

from prosemirror.model import Node

from ..document.content import DocSegment, doc_segment, id_of, segment_nodes
from ..errors import VoxwebError
from ..models import Recording, Transcript

Attrs = dict[str, object]


class SegmentTimesError(VoxwebError):
    """``detail`` names the first and the last moment that are possible."""

    code: ClassVar[str] = "segment_times"
    message = (
        "A passage has to end after it begins and lie inside the recording. It begins neither before the "
        "passage in front of it nor behind the one that follows."
    )


def held_times(
    transcript: Transcript, document: Node, key: str, start_ms: int | None, end_ms: int | None
) -> Attrs:
    """What the segment's node has to carry for these times; None leaves one as it is.

    Two people may talk at once, so passages may overlap, but their order stays. Raises SegmentTimesError.
    """
    before, segment, after = _with_neighbours(document, key)
    start_ms = segment.start_ms if start_ms is None else start_ms
    end_ms = segment.end_ms if end_ms is None else end_ms
    least_ms = before.start_ms if before else 0
    most_ms = _duration_ms(transcript)
    latest_start_ms = after.start_ms if after else most_ms
    is_in_order = least_ms <= start_ms and (latest_start_ms is None or start_ms <= latest_start_ms)
    if not is_in_order or end_ms <= start_ms or (most_ms is not None and end_ms > most_ms):
        limits = {"earliest_start_ms": least_ms, "latest_start_ms": latest_start_ms, "latest_end_ms": most_ms}
        raise SegmentTimesError(detail=limits)
    return {"start_ms": start_ms, "end_ms": end_ms, "held": True}


def _with_neighbours(document: Node, key: str) -> tuple[DocSegment | None, DocSegment, DocSegment | None]:
    nodes = list(segment_nodes(document))
    index = next(index for index, node in enumerate(nodes) if id_of(node) == key)
    before = doc_segment(nodes[index - 1]) if index else None
    after = doc_segment(nodes[index + 1]) if index + 1 < len(nodes) else None
    return before, doc_segment(nodes[index]), after


def _duration_ms(transcript: Transcript) -> int | None:
    """None while nobody knows: the recording is still being made or read."""
    return Recording.objects.filter(transcript=transcript).values_list("duration_ms", flat=True).first()
