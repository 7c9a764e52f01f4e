"""The browser's copy of a take: piece by piece to the disk, and looked at when it came late."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings

from transcripts import conf
from transcripts.actions import take_copy
from transcripts.actions.take_copy import CopyOffsetError, append_copy, finish_take
from transcripts.actions.take_files import archive_path, copy_path, hold_take, raw_path
from transcripts.actions.upload_errors import UploadOverrunError
from transcripts.capture.errors import TakeBusyError
from transcripts.models import Job, Recording, Take, Transcript, User


@pytest.fixture
def take(owner: User) -> Take:
    transcript = Transcript.objects.create(title="Talk", owner=owner, origin=Transcript.Origin.LIVE)
    Recording.objects.create(transcript=transcript, original_name="Talk.flac")
    choices = {"model": "voxweb-engine"}
    return Take.objects.create(transcript=transcript, client_key="1:abcdefgh", choices=choices)


def jobs_of(take: Take) -> list[str]:
    return list(Job.objects.filter(transcript=take.transcript).order_by("pk").values_list("state", flat=True))


def test_it_works(take: Take) -> None:
    assert append_copy(take, 0, io.BytesIO(b"first")) == 5
    assert append_copy(take, 5, io.BytesIO(b" second")) == 12
    path = copy_path(take.transcript.code)
    assert path.read_bytes() == b"first second"
    assert path.stat().st_mode & 0o777 == 0o600
    finish_take(take)
    assert (take.state, jobs_of(take)) == (Take.State.ENDED, ["queued"])


def test_only_the_next_byte_is_taken(take: Take) -> None:
    append_copy(take, 0, io.BytesIO(b"first"))
    for offset in (0, 4, 6):
        with pytest.raises(CopyOffsetError) as caught:
            append_copy(take, offset, io.BytesIO(b"x"))
        assert caught.value.detail == {"bytes": 5}
    assert copy_path(take.transcript.code).read_bytes() == b"first"


def test_a_copy_is_bounded_and_waits_for_whoever_packs(
    take: Take, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAX_UPLOAD_BYTES = 8
    append_copy(take, 0, io.BytesIO(b"first"))
    with pytest.raises(UploadOverrunError):
        append_copy(take, 5, io.BytesIO(b"second"))
    assert copy_path(take.transcript.code).read_bytes() == b"first"
    monkeypatch.setattr(take_copy, "WAIT_SECONDS", 0.0)
    with hold_take(take.transcript.code, 0.0), pytest.raises(TakeBusyError):
        append_copy(take, 5, io.BytesIO(b"2"))


def test_ending_twice_queues_one_job(take: Take) -> None:
    conf.transcript_folder(take.transcript.code).mkdir()
    raw_path(take.transcript.code).write_bytes(b"\0\0")
    finish_take(take)
    finish_take(take)
    assert jobs_of(take) == ["queued"]


def test_a_copy_that_comes_after_the_pass_is_looked_at(take: Take) -> None:
    finish_take(take)
    Job.objects.update(state=Job.State.DONE)
    archive = archive_path(take.transcript.code)
    archive.parent.mkdir(parents=True, exist_ok=True)
    Path(archive).write_bytes(b"flac")
    name = f"{take.transcript.code}/recording.flac"
    Recording.objects.filter(transcript=take.transcript).update(original_file=name)
    finish_take(take)
    assert jobs_of(take) == ["done"], "there is nothing new"
    append_copy(take, 0, io.BytesIO(b"copy"))
    finish_take(take)
    finish_take(take)
    assert jobs_of(take) == ["done", "queued"]
