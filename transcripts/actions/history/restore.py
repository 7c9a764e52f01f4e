"""Back to an earlier version, with everything or with one passage. That can be undone like any change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from django.db import transaction
from prosemirror.transform import Transform

from ...document.content import DocSegment, DocVoice, segments_of, voices_of
from ...document.difference import steps_towards
from ...errors import VoxwebError
from ...models import StepBatch, Transcript, User
from ..edit.read import document_at, version_of
from ..edit.server_edit import edit
from .change_words import BEFORE_RESTORING
from .side_by_side import side_by_side
from .versions import checked, label_of, mark_point


class PassageUnknownError(VoxwebError):
    code: ClassVar[str] = "segment_gone"
    message = "That version does not have this passage. Reload the page to see the history as it is now."


class TextMovedOnError(VoxwebError):
    code: ClassVar[str] = "text_changed"
    message = (
        "Somebody changed the text since, so nothing was restored. "
        "The version you want is in the history, with everything that came after it."
    )


def restore_version(transcript: Transcript, version: int, user: User, only_at: int | None = None) -> int:
    """Make passages and voices exactly what they were at ``version``; returns the new version.

    The version before gets an automatic name. With ``only_at`` the present version must still be that one:
    so an undo never takes along what others did meanwhile. Raises VersionUnknownError, TextMovedOnError.
    """
    version = checked(transcript, version)
    then = document_at(transcript, version)

    def bring_back(tr: Transform) -> None:
        steps_towards(tr, voices_of(then), segments_of(then))

    return _restore(transcript, user, bring_back, label_of(transcript, version), only_at)


def restore_passage(transcript: Transcript, version: int, key: str, user: User) -> int:
    """Give one passage back as it was at ``version``: text, speaker and times; returns the new version.

    What it was split into or joined with since comes back with it; a deleted one is put in by its time.
    Raises VersionUnknownError, PassageUnknownError.
    """
    version = checked(transcript, version)
    then = document_at(transcript, version)
    old = segments_of(then)
    if all(segment.id != key for segment in old):
        raise PassageUnknownError

    def bring_back(tr: Transform) -> None:
        segments = with_passage(segments_of(tr.doc), old, key)
        steps_towards(tr, with_voices(voices_of(tr.doc), voices_of(then), segments), segments)

    return _restore(transcript, user, bring_back, f"a passage of {label_of(transcript, version)}")


def with_passage(now: Sequence[DocSegment], then: Sequence[DocSegment], key: str) -> list[DocSegment]:
    """The passages of ``now`` in which what stands in the place of ``key`` gives way to what stood there."""
    rows = side_by_side(then, now)
    wanted = next(row for row in rows if any(segment.id == key for segment in row.left))
    back = {segment.id for segment in wanted.left}
    segments: list[DocSegment] = []
    for row in rows:
        if row is wanted:
            segments += row.left
        else:
            segments += [segment for segment in row.right if segment.id not in back]
    return segments


def with_voices(
    now: Sequence[DocVoice], then: Sequence[DocVoice], segments: Sequence[DocSegment]
) -> list[DocVoice]:
    """The voices of ``now`` and, behind them, those that restored passages need and that have gone since."""
    known = {voice.id for voice in now}
    needed = {segment.speaker for segment in segments} - known
    return [*now, *(voice for voice in then if voice.id in needed)]


def _restore(
    transcript: Transcript,
    user: User,
    bring_back: Callable[[Transform], None],
    label: str,
    only_at: int | None = None,
) -> int:
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        if only_at is not None and version_of(transcript) != only_at:
            raise TextMovedOnError
        point = mark_point(transcript, BEFORE_RESTORING + label, user)
        version = edit(transcript, StepBatch.Kind.RESTORE, user, bring_back)
        if version == point.version:
            point.delete()
    return version
