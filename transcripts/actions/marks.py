"""Moments that somebody marked while recording, listening or reading, with or without a note."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from ..errors import VoxwebError
from ..models import Mark, Transcript, User

KEY = re.compile(r"[A-Za-z0-9-]{1,40}")
LONGEST_NOTE = 4000
LATEST_MS = 200 * 3600 * 1000
"""The longest recording any server can be set to accept."""
MOST_MARKS = 5000
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class MarkInvalidError(VoxwebError):
    code: ClassVar[str] = "mark_invalid"
    message = "This mark has no usable moment or key, so it was not saved. The recording is not affected."


class MarkNoteTooLongError(VoxwebError):
    code: ClassVar[str] = "mark_note_too_long"
    message = (
        f"A note can be {LONGEST_NOTE:,} characters long. Nothing was changed; shorten it and try again."
    )


class TooManyMarksError(VoxwebError):
    code: ClassVar[str] = "too_many_marks"
    message = f"A transcript can have {MOST_MARKS:,} marks. This one was not saved; remove others first."


def set_mark(transcript: Transcript, author: User, key: str, at_ms: Any, note: str = "") -> Mark:
    """Mark a moment (milliseconds of media time), or write another note to the mark with this ``key``.

    Sent twice it is one mark, which stays on its first moment; a removed one comes back. Raises
    MarkInvalidError, MarkNoteTooLongError, TooManyMarksError.
    """
    note = clean_note(note)
    if not KEY.fullmatch(key) or type(at_ms) is not int or not 0 <= at_ms <= LATEST_MS:
        raise MarkInvalidError
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        mark = Mark.objects.filter(transcript=transcript, key=key).first()
        if mark is None:
            mark = _new_mark(transcript, author, key, at_ms, note)
        elif not _write(mark, note):
            return mark
        transcript.touch()
    return mark


def note_mark(mark: Mark, note: str) -> None:
    """Write another note to a mark. Raises MarkNoteTooLongError."""
    with transaction.atomic():
        if _write(mark, clean_note(note)):
            mark.transcript.touch()


def remove_mark(mark: Mark) -> None:
    """Take the mark away; setting it again brings it back. Removed twice is removed once."""
    with transaction.atomic():
        if Mark.objects.filter(pk=mark.pk, removed_at=None).update(removed_at=timezone.now()):
            mark.transcript.touch()
    mark.refresh_from_db()


def clean_note(note: str) -> str:
    """Lines are kept, nothing invisible. Raises MarkNoteTooLongError."""
    note = _INVISIBLE.sub("", note.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(note) > LONGEST_NOTE:
        raise MarkNoteTooLongError
    return note


def _new_mark(transcript: Transcript, author: User, key: str, at_ms: int, note: str) -> Mark:
    if Mark.objects.filter(transcript=transcript, removed_at=None).count() >= MOST_MARKS:
        raise TooManyMarksError
    return Mark.objects.create(transcript=transcript, author=author, key=key, at_ms=at_ms, note=note)


def _write(mark: Mark, note: str) -> bool:
    """Whether anything changed."""
    if mark.note == note and mark.removed_at is None:
        return False
    mark.note, mark.removed_at = note, None
    mark.save(update_fields=["note", "removed_at"])
    return True
