"""One segment becomes two; each word takes its moments along."""

from __future__ import annotations

from typing import ClassVar

from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import ReplaceStep, Transform

from ..document.content import segment_place
from ..document.difference import change_attrs
from ..errors import VoxwebError
from ..models import Segment, StepBatch, Transcript, User
from ..models.codes import segment_key
from ..timing.words import decode
from .correct_segment import WhoSpeaks, label_of
from .edit.server_edit import edit
from .segment_to_change import SegmentGoneError, segment_at_revision, segment_now


class SplitPlaceError(VoxwebError):
    code: ClassVar[str] = "split_place"
    message = "A passage can be split between two of its characters, with words on both sides."


def split_segment(
    transcript: Transcript, key: str, base_rev: int, at: int, user: User, *, speaker: WhoSpeaks = "unchanged"
) -> tuple[Segment, Segment]:
    """Split before UTF-16 unit ``at`` of the text; the second part may get another speaker.

    Spaces at the border go.
    Raises SegmentGoneError, SegmentChangedError, SplitPlaceError, SpeakerUnknownError.
    """
    second_key = segment_key()

    def change(tr: Transform) -> None:
        segment = segment_at_revision(transcript, key, base_rev)
        first, second = _parts(segment.text, at)
        attrs: dict[str, object] = {"id": second_key}
        if speaker != "unchanged":
            attrs["speaker"] = label_of(transcript, speaker)
        end_ms, start_ms = moments_beside(segment, first)
        attrs["start_ms"] = start_ms
        _split(tr, key, (first, second), end_ms, attrs)

    edit(transcript, StepBatch.Kind.API, user, change)
    return segment_now(transcript, key), segment_now(transcript, second_key)


def _parts(text: str, at: int) -> tuple[str, str]:
    """The text before and behind ``at``, without spaces at the border. Raises SplitPlaceError."""
    units = text.encode("utf-16-le")
    try:
        first, second = (part.decode("utf-16-le") for part in (units[: 2 * at], units[2 * at :]))
    except UnicodeDecodeError as error:
        raise SplitPlaceError from error
    if not first.strip() or not second.strip():
        raise SplitPlaceError
    return first.rstrip(), second.lstrip()


def moments_beside(segment: Segment, first: str) -> tuple[int, int]:
    """When the last word of ``first``, the front of the segment's text, ends, and the next one begins.

    Inside a word both are the same moment; so they are where no word times are known.
    """
    ended_ms, reached = segment.start_ms, 0
    for word in decode(segment.words, segment.start_ms):
        from_ = segment.text.find(word.text.strip(), reached)
        if from_ < 0:
            break
        reached = from_ + len(word.text.strip())
        if from_ >= len(first):
            return ended_ms, max(ended_ms, word.start_ms)
        if reached > len(first):
            inside = (len(first) - from_) / (reached - from_)
            return (moment := round(word.start_ms + inside * (word.end_ms - word.start_ms))), moment
        ended_ms = word.end_ms
    share = len(first) / max(1, len(segment.text))
    even = round(segment.start_ms + share * (segment.end_ms - segment.start_ms))
    return (moment := max(ended_ms, even)), moment


def _split(tr: Transform, key: str, parts: tuple[str, str], end_ms: int, attrs: dict[str, object]) -> None:
    place = segment_place(tr.doc, key)
    if place is None:
        raise SegmentGoneError
    position, node = place
    behind: Node = node.type.create(dict(node.attrs) | attrs)  # type: ignore[arg-type] # JSON by our own types
    start = position + 1 + _units(parts[0])
    end = position + node.node_size - 1 - _units(parts[1])
    border = Slice(Fragment.from_([node.type.create(node.attrs), behind]), 1, 1)
    tr.step(ReplaceStep(start, end, border, start == end))
    change_attrs(tr, position, node, {"end_ms": end_ms})


def _units(text: str) -> int:
    """Length as positions of the document count it."""
    return len(text.encode("utf-16-le")) // 2
