"""Two neighbouring segments become one. No text is moved, only the border between them goes."""

from __future__ import annotations

from typing import ClassVar

from prosemirror.model import Fragment, Slice
from prosemirror.transform import ReplaceStep, Transform

from ..document.content import DocSegment, doc_segment, id_of, segment_places
from ..document.difference import change_attrs
from ..document.schema import SCHEMA
from ..errors import VoxwebError
from ..models import Segment, StepBatch, Transcript, User
from ..timing.tokens import spaced
from .edit.server_edit import edit
from .segment_to_change import segment_at_revision, segment_now


class NothingToMergeError(VoxwebError):
    code: ClassVar[str] = "segment_is_last"
    message = "This is the last passage: there is none behind it to join."


def merge_segments(transcript: Transcript, key: str, base_rev: int, user: User) -> Segment:
    """Join a segment with the one behind it, which goes; the speaker of the first one stays.

    Raises SegmentGoneError, SegmentChangedError, NothingToMergeError, SegmentTextTooLongError.
    """

    def change(tr: Transform) -> None:
        segment_at_revision(transcript, key, base_rev)
        _join(tr, key)

    edit(transcript, StepBatch.Kind.API, user, change)
    return segment_now(transcript, key)


def _join(tr: Transform, key: str) -> None:
    places = list(segment_places(tr.doc))
    index = next(index for index, (_, node) in enumerate(places) if id_of(node) == key)
    if index + 1 == len(places):
        raise NothingToMergeError
    (position, node), (second_position, second_node) = places[index : index + 2]
    first, second = doc_segment(node), doc_segment(second_node)
    seam = position + node.node_size - 1
    tr.step(ReplaceStep(seam, second_position + 1, Slice.empty, True))
    if first.text and second.text and spaced(first.text, second.text):
        tr.step(ReplaceStep(seam, seam, Slice(Fragment.from_(SCHEMA.text(" ")), 0, 0)))
    change_attrs(tr, position, node, _attrs(first, second))


def _attrs(first: DocSegment, second: DocSegment) -> dict[str, object]:
    """The first one goes on to the end of the second; an empty one gives way altogether."""
    attrs: dict[str, object] = {"end_ms": max(first.end_ms, second.end_ms)}
    if not first.text:
        attrs["speaker"] = second.speaker
        if second.text:
            attrs["start_ms"] = second.start_ms
    return attrs
