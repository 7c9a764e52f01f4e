"""What differs between two versions."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...document.content import segments_of, voices_of
from ...models import StepBatch, Transcript
from ..edit.read import document_at
from .side_by_side import Row, side_by_side
from .versions import checked
from .voice_names import VoiceNames


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions with the rows that were asked for. ``voices`` are names before and after, "" for none."""

    left_version: int
    right_version: int
    rows: Sequence[Row]
    changed: int
    left_names: VoiceNames
    right_names: VoiceNames

    @property
    def voices(self) -> list[tuple[str, str]]:
        return self.left_names.differences(self.right_names)


def compare(
    transcript: Transcript, left: int, right: int | None = None, *, everything: bool = False
) -> Comparison:
    """Version ``left`` beside ``right`` (the present one for None). Raises VersionUnknownError."""
    left, right = checked(transcript, left), checked(transcript, right)
    return _comparison(transcript, left, right, everything=everything)


def compare_change(
    transcript: Transcript, left: int, right: int, person: int | None, kind: str
) -> Comparison:
    """What one change did: the passages that its batches between two versions touched.

    Where others changed the same passages at the same time, their words are shown as well.
    """
    left, right = checked(transcript, left), checked(transcript, right)
    batches = StepBatch.objects.filter(
        doc__transcript=transcript, v__gte=left, v__lt=right, user=person, kind=kind
    )
    keys = {key for stored in batches.values_list("keys", flat=True) for key in json.loads(stored)}
    return _comparison(transcript, left, right, keys=keys)


def _comparison(
    transcript: Transcript,
    left: int,
    right: int,
    *,
    everything: bool = False,
    keys: Collection[str] | None = None,
) -> Comparison:
    before, after = document_at(transcript, left), document_at(transcript, right)
    rows = side_by_side(segments_of(before), segments_of(after))
    differing = [row for row in rows if row.state != "same"]
    if keys is not None:
        differing = [row for row in differing if not row.ids().isdisjoint(keys)]
    return Comparison(
        left,
        right,
        rows if everything else differing,
        len(differing),
        VoiceNames(voices_of(before)),
        VoiceNames(voices_of(after)),
    )
