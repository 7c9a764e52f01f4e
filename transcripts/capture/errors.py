"""Why recorded sound could not be taken, one class per cause."""

from __future__ import annotations

from typing import ClassVar

from transcripts.errors import VoxwebError, is_disk_full


class CaptureError(VoxwebError):
    """The root of every failure while sound is recorded. What was acknowledged is always kept."""

    code: ClassVar[str] = "capture_error"
    message = "The recording could not be saved on the server. Everything saved so far is kept."


class FrameInvalidError(CaptureError):
    code: ClassVar[str] = "frame_invalid"
    message = "The server received sound that it cannot read. Reload the page; the recording is kept."


class TakeBusyError(CaptureError):
    """Another process, or another opening of the same file in this one, records into it."""

    code: ClassVar[str] = "take_busy"
    message = "This recording is being written by another part of the server. It will be tried again."
    retryable: ClassVar[bool] = True


class DiskFullError(CaptureError):
    code: ClassVar[str] = "disk_full"
    message = (
        "The server's disk is full. Keep this page open: what you say is kept in your browser "
        "and sent when there is space again."
    )
    retryable: ClassVar[bool] = True


class TakeWriteError(CaptureError):
    code: ClassVar[str] = "take_write_failed"
    message = (
        "The server could not write the recording to its disk. Keep this page open: what you say is kept "
        "in your browser and sent again."
    )
    retryable: ClassVar[bool] = True


def write_error(error: OSError) -> CaptureError:
    """The failure behind what the operating system reported."""
    return DiskFullError() if is_disk_full(error) else TakeWriteError()
