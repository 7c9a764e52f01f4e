"""The browser's own copy of a take: the last resort when its sound did not arrive live."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from ..errors import VoxwebError
from ..models import Recording, Take
from .finalise_take import has_unused_copy
from .jobs import JobAlreadyOpenError, start_job
from .live.takes import end_take
from .take_files import copy_path, hold_take
from .upload_folder import ByteStream, append_to, settle

WAIT_SECONDS = 2.0


class CopyOffsetError(VoxwebError):
    """``detail["bytes"]`` is how much of the copy is here."""

    code: ClassVar[str] = "copy_offset"
    message = "This copy goes on at another byte. Send from there; nothing is lost."


def append_copy(take: Take, offset: int, stream: ByteStream) -> int:
    """Append what ``stream`` holds at byte ``offset`` and return the new size, which a power cut leaves.

    Raises CopyOffsetError, TakeBusyError while the take is packed, UploadOverrunError, DiskFullError.
    """
    path = copy_path(take.transcript.code)
    with hold_take(take.transcript.code, WAIT_SECONDS):
        size = path.stat().st_size if path.exists() else 0
        if offset != size:
            raise CopyOffsetError(detail={"bytes": size})
        path.touch(mode=0o600)
        size = append_to(path, size, settings.MAX_UPLOAD_BYTES, stream)
        settle(path)
        settle(path.parent)
    return size


def finish_take(take: Take) -> None:
    """End a take that nobody records any more, and look at a copy that came after its end. Safe to repeat."""
    end_take(take)
    recording = Recording.objects.select_related("transcript").get(transcript=take.transcript)
    if not has_unused_copy(recording):
        return
    try:
        start_job(take.transcript, take.choices)
    except JobAlreadyOpenError:
        return  # it has not been read yet, or is looked at when somebody transcribes again
