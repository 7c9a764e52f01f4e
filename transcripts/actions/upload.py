"""Bring a file up in pieces; what has arrived survives every restart."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..conf import media_path, media_root
from ..models import Transcript, Upload, User
from ..models.codes import random_code
from .file_name import kept_extension, shown_file_name
from .recording_options import read_recording_options
from .upload_errors import (
    DiskFullError,
    EmptyFileError,
    UploadBusyError,
    UploadGoneError,
    UploadOffsetMismatchError,
    UploadTooLargeError,
)
from .upload_folder import (
    ByteStream,
    append_to,
    checked,
    create_upload_file,
    hold_upload,
    remove_upload_folder,
    upload_file,
    upload_folder,
)

SPARE_BYTES = 64 * 1024**2
"""Disk that uploads leave free for the database and for work on other recordings."""


def begin_upload(user: User, filename: str, total_bytes: int, options: Mapping[str, Any]) -> Upload:
    """Make room for a file of ``total_bytes``; ``options`` are checked now, before anything is sent.

    Raises EmptyFileError, UploadTooLargeError, DiskFullError and the errors of the options.
    """
    read = read_recording_options(options)
    check_size(total_bytes)
    code = random_code()
    create_upload_file(code)
    return Upload.objects.create(
        code=code, owner=user, filename=shown_file_name(filename), total_bytes=total_bytes, options=dict(read)
    )


def choose_options(upload: Upload, options: Mapping[str, Any]) -> None:
    """Change what was chosen at the beginning; keys that are not in ``options`` stay as they are.

    Raises the errors of the options.
    """
    before = {**upload.options["choices"], "title": upload.options["title"], "force": upload.options["force"]}
    upload.options = dict(read_recording_options({**before, **options}))
    upload.save(update_fields=["options"])


def check_size(total_bytes: int) -> None:
    if total_bytes <= 0:
        raise EmptyFileError
    if total_bytes > settings.MAX_UPLOAD_BYTES:
        largest = settings.MAX_UPLOAD_BYTES / 1024**2
        raise UploadTooLargeError(
            f"This file is larger than this server accepts ({largest:,.0f} MiB). "
            "Send a compressed or shorter file, or ask the operator to raise the limit.",
            detail={"max_bytes": settings.MAX_UPLOAD_BYTES},
        )
    if free_bytes() < total_bytes + SPARE_BYTES:
        raise DiskFullError("The server's disk has no room for this file. Ask the operator to make space.")


def free_bytes() -> int:
    """Room on the disk of the media folder, which the first upload of all creates."""
    media_root().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(media_root()).free


def expires_at(upload: Upload) -> datetime:
    """When an unfinished upload is removed."""
    return upload.created_at + timedelta(days=settings.UPLOAD_DAYS)


def kept_name(upload: Upload) -> str:
    """Media name of the finished file; it follows from the upload, so that a crash in between is mended."""
    return f"{upload.code}/original{kept_extension(upload.filename)}"


def received_bytes(upload: Upload) -> int:
    """Return how many bytes are safely here, which is the offset to go on at. Raises UploadGoneError."""
    if upload.completed_at:
        return upload.total_bytes
    for path in (upload_file(upload.code), media_path(kept_name(upload))):
        if path.exists():
            return path.stat().st_size
    raise UploadGoneError


def append_piece(upload: Upload, offset: int, stream: ByteStream, checksum: str | None = None) -> int:
    """Append a piece that begins at ``offset`` and return the new offset.

    ``checksum`` is "sha1 <base64>" of this piece. Raises UploadOffsetMismatchError, UploadBusyError,
    UploadOverrunError, ChecksumMismatchError, ChecksumUnknownError, DiskFullError, UploadGoneError.
    """
    if upload.completed_at:
        raise_on_other_offset(offset, upload.total_bytes)
        return upload.total_bytes
    with hold_upload(upload.code), ExitStack() as stack:
        have = received_bytes(upload)
        raise_on_other_offset(offset, have)
        if checksum:
            stream = stack.enter_context(checked(stream, checksum))
        if have == upload.total_bytes:
            return have
        return append_to(upload_file(upload.code), have, upload.total_bytes, stream)


def raise_on_other_offset(offset: int, have: int) -> None:
    if offset != have:
        raise UploadOffsetMismatchError(detail={"offset": have})


def cancel_upload(upload: Upload) -> None:
    """Forget an upload and its bytes; a transcript made from it stays. Raises UploadBusyError."""
    if upload_folder(upload.code).exists():
        with hold_upload(upload.code):
            remove_upload_folder(upload.code)
    remove_unclaimed_file(upload)
    upload.delete()


def remove_unclaimed_file(upload: Upload) -> None:
    """A crash may have left the file at its last place without a transcript that owns it."""
    if not Transcript.objects.filter(code=upload.code).exists():
        shutil.rmtree(media_path(upload.code), ignore_errors=True)


def discard_expired_uploads(now: datetime | None = None) -> int:
    """Remove uploads older than ``UPLOAD_DAYS``; returns how many. One that is being written is left."""
    oldest = (now or timezone.now()) - timedelta(days=settings.UPLOAD_DAYS)
    discarded = 0
    for upload in Upload.objects.filter(created_at__lt=oldest):
        try:
            cancel_upload(upload)
        except UploadBusyError:
            continue
        discarded += 1
    return discarded
