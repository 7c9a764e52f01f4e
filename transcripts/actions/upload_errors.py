"""What can go wrong while a file comes up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from ..errors import VoxwebError, is_disk_full


class EmptyFileError(VoxwebError):
    code: ClassVar[str] = "empty_file"
    message = "This file is empty (0 bytes). Check that it was saved completely and choose it again."


class UploadTooLargeError(VoxwebError):
    code: ClassVar[str] = "upload_too_large"
    message = "This file is larger than this server accepts."


class UploadOverrunError(VoxwebError):
    code: ClassVar[str] = "upload_overrun"
    message = "More bytes arrived than were announced. This piece was left out; what came before is kept."


class UploadOffsetMismatchError(VoxwebError):
    """``detail["offset"]`` is where the upload has to go on."""

    code: ClassVar[str] = "upload_offset_mismatch"
    message = "The upload goes on at another byte. Ask for its offset and send from there; nothing is lost."
    retryable: ClassVar[bool] = True


class UploadBusyError(VoxwebError):
    code: ClassVar[str] = "upload_busy"
    message = "Another request is writing to this upload. Wait a moment and try again; nothing is lost."
    retryable: ClassVar[bool] = True


class UploadUnfinishedError(VoxwebError):
    code: ClassVar[str] = "upload_unfinished"
    message = "This upload is not complete yet. Send the rest first; what has arrived is kept."


class UploadGoneError(VoxwebError):
    code: ClassVar[str] = "upload_gone"
    message = "This upload was kept for its time and then removed. Please upload the file again."


class ChecksumMismatchError(VoxwebError):
    code: ClassVar[str] = "checksum_mismatch"
    message = "This piece was damaged on its way. Send it again; what came before is kept."
    retryable: ClassVar[bool] = True


class ChecksumUnknownError(VoxwebError):
    code: ClassVar[str] = "checksum_unknown"
    message = "Upload-Checksum must be sha1, sha256 or md5, a space and the digest in base64."


class DiskFullError(VoxwebError):
    code: ClassVar[str] = "disk_full"
    message = (
        "The server's disk is full. What has arrived is kept and the upload can go on "
        "once the operator has made space."
    )
    retryable: ClassVar[bool] = True


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Turn the operating system's ways of saying "no space" into DiskFullError."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError from error
        raise
