"""The browser's own copy of a take: used where it is longer, out of the way where it is not."""

from __future__ import annotations

import pytest

from tests.audio.recordings import noise
from transcripts import conf
from transcripts.actions import finalise_take as module
from transcripts.actions.finalise_take import has_unused_copy
from transcripts.actions.jobs import cancel_job
from transcripts.actions.take_files import copy_path
from transcripts.audio.errors import DecodeCrashedError
from transcripts.models import Job, Take, User

from .ended_takes import ended_take, files_of, finish, record, recording_of, send_copy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def take(owner: User) -> Take:
    return ended_take(owner)


def test_the_copy_of_the_browser_is_the_original_when_nothing_else_came(take: Take) -> None:
    send_copy(take, 3)
    job = finish(take)
    recording = recording_of(take)
    assert recording.original_file.endswith("/copy.webm")
    assert recording.original_name == "Harbour - talk.webm"
    assert recording.duration_ms is not None and abs(recording.duration_ms - 3000) < 30
    assert [notice["code"] for notice in job.notices] == ["browser_copy_used"]
    assert not has_unused_copy(recording)


@pytest.mark.parametrize(("seconds", "name"), [(3.5, "recording.flac"), (5, "copy.webm")])
def test_the_longer_sound_is_used(take: Take, seconds: float, name: str) -> None:
    record(take, noise(2))
    send_copy(take, seconds)
    finish(take)
    recording = recording_of(take)
    assert recording.original_file.endswith(name)
    assert "recording.flac" in files_of(take)
    assert ("copy.webm" in files_of(take)) == (name == "copy.webm")
    assert "take.pcm" not in files_of(take)


def test_a_copy_that_comes_later_is_looked_at(take: Take) -> None:
    record(take, noise(2))
    cancel_job(finish(take))
    assert not has_unused_copy(recording_of(take))
    send_copy(take, 6)
    assert has_unused_copy(recording_of(take))
    finish(take)
    assert recording_of(take).original_file.endswith("copy.webm")


def test_a_copy_nobody_can_read_does_no_harm(take: Take) -> None:
    record(take, noise(2))
    copy_path(take.transcript.code).write_bytes(b"\x00rubbish" * 100)
    assert finish(take).state == Job.State.PARTS
    assert {"recording.flac", "copy.webm"} <= files_of(take)
    assert not list(conf.transcript_folder(take.transcript.code).glob(".ingest-*"))


def test_a_copy_that_kills_its_reader_does_no_harm(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise DecodeCrashedError

    record(take, noise(1))
    copy_path(take.transcript.code).write_bytes(b"evil")
    monkeypatch.setattr(module, "ingest", crash)
    assert finish(take).state == Job.State.PARTS


def test_an_unreadable_copy_alone_is_kept_and_told(take: Take) -> None:
    copy_path(take.transcript.code).write_bytes(b"\x00rubbish" * 100)
    job = finish(take)
    assert (job.state, job.error_code) == (Job.State.FAILED, "not_media")
    assert "copy.webm" in files_of(take)
