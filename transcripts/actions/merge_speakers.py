"""Two voices that are one person become one."""

from __future__ import annotations

from typing import ClassVar

from prosemirror.model import Slice
from prosemirror.transform import AttrStep, ReplaceStep, Transform

from ..document.attributes import step_all
from ..document.content import id_of, segment_places, voice_places
from ..errors import VoxwebError
from ..models import Speaker, StepBatch, Transcript, User
from ..models.speaker import COLOURS
from .correct_segment import SpeakerUnknownError
from .edit.server_edit import edit


class MergeIntoItselfError(VoxwebError):
    code: ClassVar[str] = "speaker_into_itself"
    message = "A speaker cannot be merged into itself."


def merge_speakers(transcript: Transcript, speaker: Speaker, into: Speaker, user: User) -> Speaker:
    """Give every segment of ``speaker`` to ``into`` and take ``speaker`` away; returns ``into``.

    Raises MergeIntoItselfError and SpeakerUnknownError.
    """
    if speaker.pk == into.pk:
        raise MergeIntoItselfError

    def change(tr: Transform) -> None:
        labels = [id_of(node) for _, node in voice_places(tr.doc)]
        if speaker.label not in labels or into.label not in labels:
            raise SpeakerUnknownError
        theirs = [place for place, node in segment_places(tr.doc) if node.attrs["speaker"] == speaker.label]
        step_all(tr, [AttrStep(place, "speaker", into.label) for place in theirs])
        _take_away(tr, labels.index(speaker.label))

    edit(transcript, StepBatch.Kind.API, user, change)
    into.refresh_from_db()
    return into


def _take_away(tr: Transform, index: int) -> None:
    """Voices behind it move up a place; the colours that people know them by stay."""
    for later, (position, node) in enumerate(list(voice_places(tr.doc))):
        if later > index and node.attrs["hue"] == 0:
            tr.step(AttrStep(position, "hue", later % COLOURS + 1))
    tr.step(ReplaceStep(1 + index, 2 + index, Slice.empty))
