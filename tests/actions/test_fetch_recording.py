"""From a web address to chunks that wait, whatever the web does meanwhile."""

from __future__ import annotations

import hashlib
import io
import logging
import wave
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from tests.fakes.file_site import Caller, FileSite, Page, body, file, hang, redirect, status
from transcripts import conf
from transcripts.actions.due_work import claim_next
from transcripts.actions.fetch_recording import receive_url
from transcripts.actions.jobs import cancel_job, retry_job, start_job
from transcripts.actions.progress import describe_job
from transcripts.fetch.errors import UrlInvalidError
from transcripts.models import Job, Transcript, User
from transcripts.tasks import do

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_network(settings: LazySettings) -> None:
    settings.ALLOW_PRIVATE_URLS = True


def sound(seconds: int = 2) -> bytes:
    """A mono 16-bit WAV of near silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(bytes(range(1, 5)) * 8000 * seconds)
    return made.getvalue()


def queue(owner: User, url: str) -> Transcript:
    return receive_url(owner, url, {"model": "voxweb-engine"}).transcript


def work(transcript: Transcript) -> Job:
    claimed = claim_next()
    assert isinstance(claimed, Job)
    do(claimed)
    claimed.refresh_from_db()
    transcript.refresh_from_db()
    transcript.recording.refresh_from_db()
    return claimed


def files_of(transcript: Transcript) -> list[str]:
    folder = conf.transcript_folder(transcript.code)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_it_works(owner: User, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pages: dict[str, Page] = {
        "/get": redirect("/talks/Harbour.WAV?sig=secret2"),
        "/talks/Harbour.WAV": file(sound()),
    }
    with FileSite(pages) as site:
        transcript = queue(owner, site.url("/get?key=secret1"))
        assert (transcript.title, transcript.origin, transcript.state) == ("get", "url", "queued")
        assert not site.asked, "nothing is asked for before the job runs"
        job = work(transcript)
    recording = transcript.recording
    assert (job.state, job.error_code, job.total_ms) == (Job.State.PARTS, "", 2000)
    assert recording.original_file == f"{transcript.code}/original.wav"
    assert conf.media_path(recording.original_file).read_bytes() == sound()
    assert recording.sha256 == hashlib.sha256(sound()).hexdigest()
    assert (recording.original_bytes, recording.original_name) == (len(sound()), "get.wav")
    assert recording.source_url == site.url("/get?key=secret1")
    assert not [name for name in files_of(transcript) if name.startswith("fetch-")]
    assert "from 127.0.0.1" in caplog.text
    assert "secret" not in caplog.text


def test_an_address_that_is_none_makes_nothing(owner: User) -> None:
    with pytest.raises(UrlInvalidError):
        queue(owner, "ftp://example.org/talk.wav")
    assert not Transcript.objects.exists()


def test_private_networks_are_out_of_reach_by_default(owner: User, settings: LazySettings) -> None:
    settings.ALLOW_PRIVATE_URLS = False
    with FileSite({"/a.wav": file(sound())}, is_asked=False) as site:
        job = work(queue(owner, site.url("/a.wav")))
    assert (job.state, job.error_code) == (Job.State.FAILED, "url_refused")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (status(404), "url_not_found"),
        (status(403), "url_forbidden"),
        (body(b"<html>", {"Content-Type": "text/html"}), "url_is_a_page"),
        (body(b"x", {"Content-Length": str(10**15)}), "url_too_large"),
    ],
)
def test_a_failure_is_told_and_can_be_tried_again(owner: User, page: Page, code: str) -> None:
    with FileSite({"/a.wav": page}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        job = work(transcript)
        assert (job.state, job.error_code) == (Job.State.FAILED, code)
        assert transcript.state == Transcript.State.FAILED
        assert (files_of(transcript), transcript.recording.original_file) == ([], "")
        site.pages["/a.wav"] = file(sound())
        retry_job(job)
        assert work(transcript).state == Job.State.PARTS


def test_the_limit_of_uploads_holds_on_the_way(owner: User, settings: LazySettings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    with FileSite({"/a.wav": body(sound(), {})}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        assert work(transcript).error_code == "url_too_large"
    assert files_of(transcript) == []


@pytest.mark.parametrize("url", ["http://name.invalid/a.wav", None])
def test_what_may_pass_is_tried_again_later(owner: User, url: str | None) -> None:
    with FileSite({"/a.wav": status(503)}, is_asked=url is None) as site:
        job = work(queue(owner, url or site.url("/a.wav")))
    assert (job.state, job.error_code, job.tries) == (Job.State.QUEUED, "url_unreachable", 1)
    assert job.next_try_at is not None


def test_what_is_no_recording_is_kept_and_told(owner: User) -> None:
    with FileSite({"/notes.txt": file(b"shopping notes\n" * 100, "text/plain")}) as site:
        transcript = queue(owner, site.url("/notes.txt"))
        job = work(transcript)
    assert (job.state, job.error_code) == (Job.State.FAILED, "not_media")
    assert "original" in files_of(transcript)
    assert transcript.recording.original_bytes == 1500


def test_another_pass_does_not_fetch_again(owner: User) -> None:
    with FileSite({"/a.wav": file(sound())}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        cancel_job(work(transcript))
        start_job(transcript, {"model": "voxweb-engine"})
        assert work(transcript).state == Job.State.PARTS
        assert len(site.asked) == 1


def test_the_next_worker_starts_cleanly_after_a_killed_one(owner: User) -> None:
    with FileSite({"/a.wav": file(sound())}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        assert claim_next() is not None
        folder = conf.transcript_folder(transcript.code)
        folder.mkdir()
        (folder / "fetch-killed.part").write_bytes(b"half of i")
        (folder / "original.wav").write_bytes(b"moved, but never written down")
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert work(transcript).state == Job.State.PARTS
    assert "fetch-killed.part" not in files_of(transcript)
    assert (folder / "original.wav").read_bytes() == sound()


def half_way(meanwhile: Callable[[], object]) -> Page:
    """The file, with ``meanwhile`` done after its first half is known to have arrived."""
    content = sound()

    def page(caller: Caller) -> None:
        caller.head(200, {"Content-Length": str(len(content))})
        caller.wfile.write(content[:30_000])
        while not Job.objects.get().usage:
            caller.site.hung_up.wait(0.01)
        meanwhile()
        connection.close()
        caller.wfile.write(content[30_000:])

    return page


def test_a_worker_that_lost_its_job_changes_nothing(owner: User) -> None:
    page = half_way(lambda: Job.objects.update(attempt=F("attempt") + 1))
    with FileSite({"/a.wav": page}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        job = work(transcript)
    assert (job.state, job.attempt) == (Job.State.RUNNING, 2)
    assert (files_of(transcript), transcript.recording.original_file) == ([], "")


def test_cancelling_ends_a_download_that_hangs(owner: User) -> None:
    def cancelled_meanwhile(caller: Caller) -> None:
        cancel_job(Job.objects.get())
        connection.close()
        hang(caller)

    with FileSite({"/a.wav": cancelled_meanwhile}) as site:
        transcript = queue(owner, site.url("/a.wav"))
        job = work(transcript)
        assert site.hung_up.wait(10)
    assert (job.state, job.error_code) == (Job.State.CANCELLED, "cancelled")
    assert files_of(transcript) == []


def test_how_much_is_here_is_shown(owner: User) -> None:
    seen: list[str] = []
    page = half_way(lambda: seen.append(describe_job(Job.objects.get())["stage_label"]))
    with FileSite({"/a.wav": page}) as site:
        job = work(queue(owner, site.url("/a.wav")))
    assert seen[0].startswith("Fetching the file: ")
    assert seen[0].endswith(" of 62.5\xa0KB")
    assert (job.usage, describe_job(job)["stage_label"]) == ({}, "Transcribing")
