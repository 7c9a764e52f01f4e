"""Correct one segment: its text, who speaks, when. Words that stay keep their moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from prosemirror.transform import Transform

from ..document.apply import LONGEST_TEXT
from ..document.content import segment_place
from ..document.difference import change_attrs, change_text
from ..document.errors import SegmentTextTooLongError
from ..errors import VoxwebError
from ..models import Segment, Speaker, StepBatch, Transcript, User
from ..timing.tokens import normalise_text
from .edit.server_edit import edit
from .segment_to_change import SegmentChangedError, SegmentGoneError, segment_now
from .set_segment_times import Attrs, held_times

__all__ = [
    "LONGEST_TEXT",
    "Correction",
    "SegmentChangedError",
    "SegmentGoneError",
    "SegmentTextTooLongError",
    "SpeakerUnknownError",
    "WhoSpeaks",
    "correct_segment",
    "label_of",
]

Unchanged = Literal["unchanged"]
WhoSpeaks = int | None | Unchanged
"""The id of a speaker of the transcript, or None where nobody knows."""


class SpeakerUnknownError(VoxwebError):
    code: ClassVar[str] = "speaker_unknown"
    message = "There is no such speaker in this transcript. Somebody may have merged two of them; reload."


@dataclass(frozen=True)
class Correction:
    """What a segment should be; None and "unchanged" leave it as it is."""

    text: str | None = None
    speaker: WhoSpeaks = "unchanged"
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def sets_times(self) -> bool:
        return self.start_ms is not None or self.end_ms is not None

    def is_done(self, segment: Segment) -> bool:
        """Whether the segment is so already."""
        return (
            self.text in {None, segment.text}
            and self.speaker in {"unchanged", segment.speaker_id}
            and self.start_ms in {None, segment.start_ms}
            and self.end_ms in {None, segment.end_ms}
            and (segment.is_held or not self.sets_times)
        )


def correct_segment(
    transcript: Transcript, key: str, base_rev: int, correction: Correction | str, user: User
) -> Segment:
    """Write a correction, or just a new text, over revision ``base_rev`` of a segment; returns the new row.

    Sent twice it counts once. An empty text stays as an empty segment, so that it can be filled again.
    Raises SegmentTextTooLongError, SegmentGoneError, SegmentChangedError, SpeakerUnknownError,
    SegmentTimesError.
    """
    wanted = _clean(Correction(text=correction) if isinstance(correction, str) else correction)

    def change(tr: Transform) -> None:
        segment = segment_now(transcript, key)
        is_same = segment.rev == base_rev or segment.edited_by_id == user.pk
        if is_same and wanted.is_done(segment):
            return
        if segment.rev != base_rev:
            raise SegmentChangedError(segment)
        _write(tr, transcript, key, wanted)

    edit(transcript, StepBatch.Kind.API, user, change)
    return segment_now(transcript, key)


def _clean(correction: Correction) -> Correction:
    if correction.text is None:
        return correction
    text = normalise_text(correction.text)
    if len(text) > LONGEST_TEXT:
        raise SegmentTextTooLongError
    return Correction(text, correction.speaker, correction.start_ms, correction.end_ms)


def _write(tr: Transform, transcript: Transcript, key: str, wanted: Correction) -> None:
    place = segment_place(tr.doc, key)
    if place is None:
        raise SegmentGoneError
    position, node = place
    if wanted.text is not None:
        change_text(tr, position, node.text_content, wanted.text)
    attrs: Attrs = {}
    if wanted.speaker != "unchanged":
        attrs["speaker"] = label_of(transcript, wanted.speaker)
    if wanted.sets_times:
        attrs |= held_times(transcript, tr.doc, key, wanted.start_ms, wanted.end_ms)
    change_attrs(tr, position, node, attrs)


def label_of(transcript: Transcript, speaker_id: int | None) -> str:
    """The id of this speaker's voice in the document, "" for nobody. Raises SpeakerUnknownError."""
    if speaker_id is None:
        return ""
    speakers = Speaker.objects.filter(transcript=transcript, pk=speaker_id)
    label = speakers.values_list("label", flat=True).first()
    if label is None:
        raise SpeakerUnknownError
    return label
