"""Uploads on disk: real files, real locks, real crashes."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from transcripts.actions.options import ModelUnknownError
from transcripts.actions.receive_recording import finish_upload
from transcripts.actions.upload import (
    append_piece,
    begin_upload,
    cancel_upload,
    choose_options,
    discard_expired_uploads,
    received_bytes,
)
from transcripts.actions.upload_errors import (
    DiskFullError,
    EmptyFileError,
    UploadBusyError,
    UploadGoneError,
    UploadOffsetMismatchError,
    UploadOverrunError,
    UploadTooLargeError,
)
from transcripts.actions.upload_folder import hold_upload, upload_file
from transcripts.models import Upload, User


@pytest.fixture
def upload(owner: User) -> Upload:
    return begin_upload(owner, "talk.wav", 10, {"language": "en"})


def test_it_works(upload: Upload) -> None:
    assert received_bytes(upload) == 0
    assert append_piece(upload, 0, io.BytesIO(b"12345")) == 5
    assert append_piece(upload, 5, io.BytesIO(b"67890")) == 10
    assert upload_file(upload.code).read_bytes() == b"1234567890"
    outcome = finish_upload(upload)
    assert (outcome.transcript.title, outcome.duplicate) == ("talk", False)
    assert received_bytes(upload) == 10


def test_what_cannot_begin_leaves_nothing(owner: User, media_folder: Path, settings: LazySettings) -> None:
    settings.MAX_UPLOAD_BYTES = 10**17
    for size, error in ((0, EmptyFileError), (10**18, UploadTooLargeError), (10**16, DiskFullError)):
        with pytest.raises(error):
            begin_upload(owner, "a.wav", size, {})
    with pytest.raises(ModelUnknownError):
        begin_upload(owner, "a.wav", 5, {"model": "nope"})
    assert not Upload.objects.exists()
    assert not (media_folder / "uploads").exists()


def test_the_very_first_upload_finds_no_media_folder(owner: User, media_folder: Path) -> None:
    media_folder.rmdir()
    assert received_bytes(begin_upload(owner, "a.wav", 5, {})) == 0


def test_only_the_next_byte_is_taken(upload: Upload) -> None:
    append_piece(upload, 0, io.BytesIO(b"12345"))
    for offset in (0, 4, 6):
        with pytest.raises(UploadOffsetMismatchError) as refused:
            append_piece(upload, offset, io.BytesIO(b"x"))
        assert refused.value.detail == {"offset": 5}
    with pytest.raises(UploadOverrunError):
        append_piece(upload, 5, io.BytesIO(b"x" * 2_000_000))
    assert received_bytes(upload) == 5


def test_a_piece_that_breaks_off_keeps_its_beginning(upload: Upload) -> None:
    class BreaksOff(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(3)

    with pytest.raises(ConnectionResetError):
        append_piece(upload, 0, BreaksOff(b"1234567890"))
    assert received_bytes(upload) == 3
    assert append_piece(upload, 3, io.BytesIO(b"4567890")) == 10


def test_one_writer_at_a_time(upload: Upload) -> None:
    with hold_upload(upload.code), pytest.raises(UploadBusyError):
        append_piece(upload, 0, io.BytesIO(b"x"))
    assert append_piece(upload, 0, io.BytesIO(b"x")) == 1


def test_a_killed_process_gives_its_lock_back(upload: Upload) -> None:
    folder = upload_file(upload.code).parent
    code = (
        f"import fcntl,os,time; fd=os.open({str(folder)!r},os.O_RDONLY); fcntl.flock(fd,fcntl.LOCK_EX); "
        f"open({str(folder / 'file')!r},'ab').write(b'123'); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UploadBusyError):
            append_piece(upload, 0, io.BytesIO(b"x"))
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=10)
    assert append_piece(upload, received_bytes(upload), io.BytesIO(b"4567890")) == 10
    assert upload_file(upload.code).read_bytes() == b"1234567890"


def test_a_cancelled_upload_leaves_nothing(upload: Upload, media_folder: Path) -> None:
    append_piece(upload, 0, io.BytesIO(b"123"))
    cancel_upload(upload)
    assert not Upload.objects.exists()
    assert list((media_folder / "uploads").iterdir()) == []


def test_a_removed_folder_is_told(upload: Upload, media_folder: Path) -> None:
    upload_file(upload.code).unlink()
    upload_file(upload.code).parent.rmdir()
    with pytest.raises(UploadGoneError):
        received_bytes(upload)
    with pytest.raises(UploadGoneError):
        append_piece(upload, 0, io.BytesIO(b"x"))


def test_choices_can_change_until_the_end(upload: Upload) -> None:
    choose_options(upload, {"title": "Better", "diarize": "no"})
    upload.refresh_from_db()
    assert upload.options["title"] == "Better"
    assert (upload.options["choices"]["diarize"], upload.options["choices"]["language"]) == (False, "en")


def test_old_uploads_are_discarded_and_young_ones_kept(
    owner: User, upload: Upload, settings: LazySettings, media_folder: Path
) -> None:
    old = begin_upload(owner, "old.wav", 5, {})
    busy = begin_upload(owner, "busy.wav", 5, {})
    long_ago = timezone.now() - timedelta(days=settings.UPLOAD_DAYS, seconds=1)
    Upload.objects.filter(pk__in=[old.pk, busy.pk]).update(created_at=long_ago)
    with hold_upload(busy.code):
        assert discard_expired_uploads() == 1
    assert set(Upload.objects.values_list("pk", flat=True)) == {upload.pk, busy.pk}
    assert {folder.name for folder in (media_folder / "uploads").iterdir()} == {upload.code, busy.code}


def test_a_kept_transcript_survives_the_end_of_its_upload(
    upload: Upload, settings: LazySettings, media_folder: Path
) -> None:
    append_piece(upload, 0, io.BytesIO(b"1234567890"))
    transcript = finish_upload(upload).transcript
    Upload.objects.update(created_at=timezone.now() - timedelta(days=settings.UPLOAD_DAYS, seconds=1))
    assert discard_expired_uploads() == 1
    transcript.refresh_from_db()
    assert (media_folder / transcript.recording.original_file).read_bytes() == b"1234567890"
