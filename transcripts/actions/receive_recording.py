"""Turn a file that has arrived into a transcript with a job, exactly once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..conf import media_path
from ..models import Recording, Transcript, Upload, User
from .file_name import title_from
from .jobs import start_job
from .upload import append_piece, begin_upload, cancel_upload, kept_name, received_bytes
from .upload_errors import DiskFullError, UploadGoneError, UploadUnfinishedError, full_disk_told
from .upload_folder import ByteStream, hold_upload, remove_upload_folder, settle, sha256_of, upload_file

NOT_KEPT = "The server's disk is full, so this file could not be kept. Ask the operator to make space."


@dataclass(frozen=True)
class Outcome:
    """``duplicate`` says that ``transcript`` was there before and no job was started."""

    transcript: Transcript
    duplicate: bool


def receive_file(
    user: User, name: str, size_bytes: int, file: ByteStream, options: Mapping[str, Any]
) -> Outcome:
    """Keep a whole small file and start its transcription. Raises what begin, append and finish raise."""
    upload = begin_upload(user, name, size_bytes, options)
    try:
        append_piece(upload, 0, file)
        outcome = finish_upload(upload)
    except DiskFullError as error:
        cancel_upload(upload)
        raise DiskFullError(NOT_KEPT) from error
    except BaseException:
        cancel_upload(upload)
        raise
    if outcome.duplicate:
        cancel_upload(upload)
    return outcome


def finish_upload(upload: Upload, *, force: bool = False) -> Outcome:
    """Move the complete file to its place and start a job, or find the transcript that has the same sound.

    Safe to repeat after a crash at any point. With ``force`` (or the upload's own option) a file that is
    in the library already is transcribed anyway. Raises UploadUnfinishedError, UploadBusyError,
    UploadGoneError, DiskFullError.
    """
    made = Transcript.objects.filter(code=upload.code).first()
    if made is not None:
        return Outcome(made, duplicate=False)
    with hold_upload(upload.code):
        if received_bytes(upload) != upload.total_bytes:
            raise UploadUnfinishedError
        outcome = _place(upload, force=force or bool(upload.options.get("force")))
        if not outcome.duplicate:
            remove_upload_folder(upload.code)
    return outcome


def _place(upload: Upload, *, force: bool) -> Outcome:
    path = _content(upload)
    settle(path)
    sha256 = sha256_of(path)
    known = None if force else same_sound(upload.owner, sha256)
    if known is not None:
        _complete(upload, known)
        _share_bytes(path, known)
        return Outcome(known, duplicate=True)
    _move_to_media(upload, path)
    with transaction.atomic():
        transcript = _create_transcript(upload, sha256)
        _complete(upload, transcript)
        start_job(transcript, upload.options["choices"])
    return Outcome(transcript, duplicate=False)


def _content(upload: Upload) -> Path:
    """The bytes, which a crash may have left at either end of the move."""
    for path in (upload_file(upload.code), media_path(kept_name(upload))):
        if path.exists():
            return path
    raise UploadGoneError


def same_sound(user: User, sha256: str) -> Transcript | None:
    """Return the newest transcript with exactly this file that ``user`` may read, trash left out."""
    readable = Transcript.objects.visible_to(user).in_library().select_related("recording")
    return readable.filter(recording__sha256=sha256).order_by("-created_at", "-pk").first()


def _share_bytes(path: Path, known: Transcript) -> None:
    """Keep the upload for "transcribe anyway" as a hard link, which costs no disk."""
    link = path.with_name("same")
    with suppress(OSError):
        link.unlink(missing_ok=True)
        os.link(media_path(known.recording.original_file), link)
        link.replace(path)


def _move_to_media(upload: Upload, path: Path) -> None:
    target = media_path(kept_name(upload))
    with full_disk_told():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    settle(target.parent)


def _create_transcript(upload: Upload, sha256: str) -> Transcript:
    title = upload.options.get("title") or title_from(upload.filename)
    transcript = Transcript.objects.create(code=upload.code, title=title, owner=upload.owner)
    Recording.objects.create(
        transcript=transcript,
        original_name=upload.filename,
        original_file=kept_name(upload),
        original_bytes=upload.total_bytes,
        sha256=sha256,
    )
    return transcript


def _complete(upload: Upload, transcript: Transcript) -> None:
    upload.transcript, upload.completed_at = transcript, timezone.now()
    upload.save(update_fields=["transcript", "completed_at"])
