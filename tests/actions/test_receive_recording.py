"""From complete bytes to one transcript, whatever happens in between."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path

import pytest
from django.db import connection

from transcripts.actions.receive_recording import finish_upload, receive_file
from transcripts.actions.upload import append_piece, begin_upload, received_bytes
from transcripts.actions.upload_errors import DiskFullError, UploadUnfinishedError
from transcripts.actions.upload_folder import upload_file
from transcripts.models import Job, Membership, Recording, Transcript, Upload, User


def complete(user: User, content: bytes = b"hello", **options: str) -> Upload:
    upload = begin_upload(user, "talk.wav", len(content), options)
    append_piece(upload, 0, io.BytesIO(content))
    return upload


def test_it_works(owner: User, media_folder: Path) -> None:
    outcome = receive_file(owner, "talk.wav", 5, io.BytesIO(b"hello"), {"title": "Named"})
    recording = outcome.transcript.recording
    assert (outcome.transcript.title, outcome.duplicate) == ("Named", False)
    assert recording.sha256 == hashlib.sha256(b"hello").hexdigest()
    assert (media_folder / recording.original_file).read_bytes() == b"hello"
    assert Job.objects.get().transcript == outcome.transcript


def test_an_unfinished_upload_stays_as_it_is(owner: User) -> None:
    upload = begin_upload(owner, "talk.wav", 10, {})
    append_piece(upload, 0, io.BytesIO(b"hello"))
    with pytest.raises(UploadUnfinishedError):
        finish_upload(upload)
    assert received_bytes(upload) == 5


def test_finishing_twice_makes_one_transcript(owner: User) -> None:
    upload = complete(owner)
    first = finish_upload(upload)
    again = finish_upload(Upload.objects.get(pk=upload.pk), force=True)
    assert (again.transcript, again.duplicate) == (first.transcript, False)
    assert Job.objects.count() == 1


def test_a_crash_between_the_move_and_the_rows_is_mended(owner: User, media_folder: Path) -> None:
    upload = complete(owner)
    target = media_folder / upload.code / "original.wav"
    target.parent.mkdir()
    upload_file(upload.code).replace(target)
    assert received_bytes(upload) == 5
    outcome = finish_upload(upload)
    assert (media_folder / outcome.transcript.recording.original_file) == target
    assert target.read_bytes() == b"hello"


def test_rows_that_cannot_be_written_leave_an_upload_that_can_be_finished_later(owner: User) -> None:
    upload = complete(owner)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE transcripts_job RENAME TO transcripts_job_away")
    with pytest.raises(Exception, match="transcripts_job"):
        finish_upload(upload)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE transcripts_job_away RENAME TO transcripts_job")
    assert not Transcript.objects.exists()
    again = Upload.objects.get(pk=upload.pk)
    assert received_bytes(again) == 5
    assert finish_upload(again).transcript.recording.original_bytes == 5


def test_only_what_the_person_may_read_counts_as_a_duplicate(
    owner: User, viewer: User, stranger: User
) -> None:
    first = finish_upload(complete(owner)).transcript
    assert not finish_upload(complete(stranger)).duplicate
    Membership.objects.create(transcript=first, user=viewer)
    shared = finish_upload(complete(viewer))
    assert (shared.transcript, shared.duplicate) == (first, True)


def test_a_duplicate_costs_no_disk_and_can_be_forced_later(owner: User, media_folder: Path) -> None:
    first = finish_upload(complete(owner)).transcript
    upload = complete(owner)
    assert finish_upload(upload).duplicate
    kept = media_folder / first.recording.original_file
    assert upload_file(upload.code).samefile(kept)
    forced = finish_upload(Upload.objects.get(pk=upload.pk), force=True)
    assert not forced.duplicate
    assert forced.transcript != first
    assert Recording.objects.filter(sha256=first.recording.sha256).count() == 2


def test_a_file_that_fails_half_way_leaves_nothing(owner: User, media_folder: Path) -> None:
    class FullDisk(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(DiskFullError, match="could not be kept"):
        receive_file(owner, "talk.wav", 5, FullDisk(b"hello"), {})
    with pytest.raises(UploadUnfinishedError):
        receive_file(owner, "talk.wav", 50, io.BytesIO(b"hello"), {})
    assert not Upload.objects.exists()
    assert not Transcript.objects.exists()
    assert list((media_folder / "uploads").iterdir()) == []
