"""From raw sound to a recording like every other, whatever kills the worker in between."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.audio.recordings import noise
from transcripts import conf
from transcripts.actions import finalise_take as module
from transcripts.actions.due_work import claim_next
from transcripts.actions.finalise_take import restore_pcm
from transcripts.actions.jobs import cancel_job, retry_job, start_job
from transcripts.actions.progress import describe_job
from transcripts.actions.take_files import archive_path, hold_take, raw_path
from transcripts.audio.errors import DiskFullError
from transcripts.audio.pcm import read_pcm
from transcripts.capture.errors import TakeBusyError
from transcripts.models import Job, Mark, Take, Transcript, User
from transcripts.tasks import do

from .ended_takes import CHOICES, ended_take, files_of, finish, record, recording_of, run

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """What no handler catches, like the end of a process."""


@pytest.fixture
def take(owner: User) -> Take:
    return ended_take(owner)


def test_it_works(take: Take) -> None:
    pcm = noise(3.1)
    record(take, pcm)
    job = finish(take)
    assert (job.state, job.total_ms, job.notices) == (Job.State.PARTS, 3100, [])
    recording = recording_of(take)
    assert recording.original_name == "Harbour - talk.flac"
    assert recording.original_file == f"{take.transcript.code}/recording.flac"
    assert (recording.container, recording.sample_rate, recording.duration_ms) == ("flac", 16_000, 3100)
    assert recording.original_bytes == archive_path(take.transcript.code).stat().st_size
    assert recording.playback_file == recording.original_file
    assert np.array_equal(read_pcm(archive_path(take.transcript.code)), pcm)
    assert files_of(take) == {"recording.flac", "peaks-10.dat", "peaks-50.dat"}
    assert "is_saving" not in job.usage


def test_other_recordings_and_packed_takes_are_left_alone(take: Take, transcript: Transcript) -> None:
    run(start_job(transcript, CHOICES))
    assert recording_of(take).original_file == ""
    record(take, noise(1))
    cancel_job(finish(take))
    before = archive_path(take.transcript.code).stat()
    cancel_job(finish(take))
    after = archive_path(take.transcript.code).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_page_is_told_what_takes_so_long(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    record(take, noise(20))
    monkeypatch.setattr(module, "PROGRESS_SECONDS", 0.0)
    told: list[tuple[str, int]] = []
    real = module._Progress.__call__

    def listen(self: module._Progress, samples: int) -> None:
        real(self, samples)
        described = describe_job(Job.objects.get(pk=self.job.pk))
        told.append((described["stage_label"], described["percent"]))

    monkeypatch.setattr(module._Progress, "__call__", listen)
    job = finish(take)
    assert {label for label, _ in told} == {"Saving the recording"}
    assert [percent for _, percent in told] == sorted(percent for _, percent in told)
    assert told[-1][1] == 100
    assert describe_job(job)["stage_label"] == "Transcribing"


@pytest.mark.parametrize("empty", [None, b"", b"x"])
def test_a_take_without_any_sound_says_so_and_keeps_its_marks(take: Take, empty: bytes | None) -> None:
    if empty is not None:
        raw_path(take.transcript.code).write_bytes(empty)
    Mark.objects.create(transcript=take.transcript, at_ms=0, note="Begin here")
    job = finish(take)
    assert (job.state, job.error_code) == (Job.State.FAILED, "nothing_recorded")
    assert job.error_message.endswith("kept.")
    take.transcript.refresh_from_db()
    assert take.transcript.state == Transcript.State.FAILED
    assert take.transcript.marks.get().note == "Begin here"
    assert claim_next() is None


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", ["write_archive", "_copy_ms", "_keep", "sha256_of", "_remove_spare"])
def test_a_killed_worker_loses_nothing(
    take: Take, name: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pcm = noise(2)
    record(take, pcm)
    for left in ("archive-left.part", "restore.part"):
        (conf.transcript_folder(take.transcript.code) / left).write_bytes(b"half")
    job = start_job(take.transcript, CHOICES)
    claimed = claim_next()
    assert isinstance(claimed, Job)
    real = getattr(module, name)

    def die(*args: object, **kwargs: object) -> None:
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(Killed):
            do(claimed)
    kept = raw_path(take.transcript.code)
    archived = archive_path(take.transcript.code)
    assert (kept.exists() and kept.read_bytes() == pcm.tobytes()) or np.array_equal(read_pcm(archived), pcm)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    assert run(job).state == Job.State.PARTS
    assert np.array_equal(read_pcm(archived), pcm)
    assert files_of(take) == {"recording.flac", "peaks-10.dat", "peaks-50.dat"}


def test_a_full_disk_is_told_and_loses_nothing(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    record(take, noise(1))

    def full(_source: Path, _samples: int, target: Path, **_: object) -> None:
        target.write_bytes(b"half")
        raise DiskFullError

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_archive", full)
        job = finish(take)
    assert (job.state, job.error_code) == (Job.State.QUEUED, "disk_full")
    assert files_of(take) == {"take.pcm"}
    assert run(job).state == Job.State.PARTS


def test_a_cancelled_job_stops_and_can_be_tried_again(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    record(take, noise(20))
    job = start_job(take.transcript, CHOICES)
    monkeypatch.setattr(module, "PROGRESS_SECONDS", 0.0)
    real = module._Progress.__call__

    def cancel(self: module._Progress, samples: int) -> None:
        if Job.objects.get(pk=job.pk).state == Job.State.RUNNING:
            cancel_job(Job.objects.get(pk=job.pk))
        real(self, samples)

    with monkeypatch.context() as patch:
        patch.setattr(module._Progress, "__call__", cancel)
        assert run(job).state == Job.State.CANCELLED
    assert files_of(take) == {"take.pcm"}
    retry_job(job)
    assert run(job).state == Job.State.PARTS


def test_nobody_packs_what_is_being_recorded(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    record(take, noise(1))
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.0)
    with raw_path(take.transcript.code).open("r+b") as recorder:
        fcntl.flock(recorder, fcntl.LOCK_EX)
        job = finish(take)
    assert (job.state, job.error_code) == (Job.State.QUEUED, "take_busy")
    Take.objects.update(state=Take.State.OPEN)
    assert run(job).error_code == "take_busy"
    assert files_of(take) == {"take.pcm"}


def test_recording_goes_on_after_packing(take: Take) -> None:
    first, second = noise(2), noise(1, seed=2)
    record(take, first)
    cancel_job(finish(take))
    restore_pcm(take)
    raw = raw_path(take.transcript.code)
    assert raw.read_bytes() == first.tobytes()
    assert raw.stat().st_mode & 0o777 == 0o600
    assert "restore.part" not in files_of(take)
    with raw.open("ab") as file:
        file.write(second.tobytes())
    restore_pcm(take)
    finish(take)
    assert np.array_equal(read_pcm(archive_path(take.transcript.code)), np.concatenate([first, second]))
    assert not raw.exists()
    assert recording_of(take).duration_ms == 3000


def test_restoring_waits_for_whoever_packs_and_needs_an_archive(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_pcm(take)
    assert files_of(take) == set()
    monkeypatch.setattr(module, "RESTORE_WAIT_SECONDS", 0.0)
    with hold_take(take.transcript.code, 0.0), pytest.raises(TakeBusyError):
        restore_pcm(take)


def test_an_archive_with_more_sound_than_the_raw_file_is_kept(take: Take) -> None:
    record(take, noise(2))
    cancel_job(finish(take))
    record(take, noise(1, seed=2))
    finish(take)
    assert np.array_equal(read_pcm(archive_path(take.transcript.code)), noise(2))
    assert "take.pcm" in files_of(take), "nobody knows what it is, so it stays"


def test_a_folder_that_is_gone_says_that_there_is_no_sound(take: Take) -> None:
    shutil.rmtree(conf.transcript_folder(take.transcript.code))
    assert finish(take).error_code == "nothing_recorded"
