"""A chunk against a scripted speech service: every fault ends in a state a person can read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tests.conftest import write_tone
from tests.fakes.scripted_speech import (
    Connection,
    ScriptedSpeech,
    Step,
    answer,
    event_stream,
    frame,
    hang,
    reset,
)
from tests.written import write_text
from transcripts import conf
from transcripts.actions.due_work import claim_next
from transcripts.actions.failure import MAX_TRIES
from transcripts.actions.jobs import cancel_job, start_job
from transcripts.actions.progress import progress_of
from transcripts.actions.transcribe_part import SHOW_SECONDS
from transcripts.models import Job, JobPart, Segment, Transcript
from transcripts.tasks import do, work

pytestmark = pytest.mark.django_db(transaction=True)

MODEL = "voxtral-mini-transcribe-3-0"
SEGMENTS = [
    {
        "type": "transcription_segment",
        "text": " Hello there.",
        "start": 0.1,
        "end": 0.9,
        "speaker_id": "speaker_2",
    },
    {"type": "transcription_segment", "text": " Hi.", "start": 1.0, "end": 1.4, "speaker_id": "speaker_1"},
]
DONE: dict[str, Any] = {
    "model": MODEL,
    "text": "Hello there. Hi.",
    "language": "en",
    "segments": SEGMENTS,
    "usage": {"prompt_audio_seconds": 2, "prompt_tokens": 4, "completion_tokens": 9, "total_tokens": 400},
}
GOOD = event_stream(frame("transcription.text.delta", text="Hello"), frame("transcription.done", **DONE))


@pytest.fixture
def fresh(transcript: Transcript) -> Transcript:
    """A transcript with sound and no text yet."""
    write_text(transcript, [])
    transcript.hearings.all().delete()
    return transcript


@pytest.fixture
def job(fresh: Transcript) -> Job:
    """A job whose ingest is over: two chunks of two seconds wait."""
    job = start_job(fresh, {"model": MODEL, "language": "en", "diarize": True})
    for index in range(2):
        name = f"{fresh.code}/chunks/{index:04d}.flac"
        write_tone(conf.media_path(name), 2000)
        JobPart.objects.create(
            job=job, index=index, start_ms=index * 2000, end_ms=index * 2000 + 2000, file=name
        )
    Job.objects.filter(pk=job.pk).update(state=Job.State.PARTS, stage=Job.Stage.PARTS, total_ms=4000)
    return job


@pytest.fixture
def service(settings: LazySettings) -> Iterator[Callable[..., ScriptedSpeech]]:
    """Start a scripted service and point the settings at it."""
    running: list[ScriptedSpeech] = []

    def start(*steps: Step) -> ScriptedSpeech:
        scripted = ScriptedSpeech(list(steps)).__enter__()
        running.append(scripted)
        settings.SPEECH_URL, settings.USES_ENGINE = scripted.url, False
        settings.MISTRAL_API_KEY = "very-secret-key"
        settings.SPEECH_TIMEOUT_SECONDS = 5
        return scripted

    yield start
    for scripted in running:
        scripted.__exit__(None, None, None)


def first_part(job: Job) -> JobPart:
    return JobPart.objects.get(job=job, index=0)


def run_first(job: Job) -> JobPart:
    claimed = claim_next()
    assert isinstance(claimed, JobPart) and claimed.index == 0
    do(claimed)
    return first_part(job)


def test_it_works(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    scripted = service(GOOD, GOOD)
    work()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (Job.State.DONE, "")
    assert job.usage["audio_seconds"] == 4
    fields = dict(scripted.requests[0].fields)
    assert (fields["model"], fields["diarize"], fields["timestamp_granularities"]) == (
        MODEL,
        "true",
        "segment",
    )
    rows = list(Segment.objects.filter(transcript=job.transcript).select_related("speaker"))
    assert [(row.start_ms, row.end_ms, row.text) for row in rows] == [
        (100, 900, "Hello there."),
        (1000, 1400, "Hi."),
        (2100, 2900, "Hello there."),
        (3000, 3400, "Hi."),
    ]
    assert all(row.speaker is not None and row.timing_method for row in rows)
    assert rows[0].speaker != rows[1].speaker
    job.transcript.refresh_from_db()
    assert (job.transcript.state, job.transcript.language) == (Transcript.State.READY, "en")
    assert not (conf.transcript_folder(job.transcript.code) / "chunks").exists()


def test_text_is_shown_while_it_arrives(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    may_send = threading.Semaphore(0)

    def rest(connection: Connection) -> None:
        for name, fields in (
            ("transcription.text.delta", {"text": " wide"}),
            ("transcription.text.delta", {"text": " world"}),
            ("transcription.done", DONE),
        ):
            assert may_send.acquire(timeout=30)
            data = frame(name, **fields)
            connection.send(b"%x\r\n%s\r\n" % (len(data), data))
        connection.send(b"0\r\n\r\n")

    service(event_stream(frame("transcription.text.delta", text="Hello"), then=rest))
    worker = threading.Thread(target=run_first, args=(job,))
    worker.start()
    for text in ("Hello", "Hello wide", "Hello wide world"):
        assert arrived(job, text) == [{"part": 0, "start_ms": 0, "text": text}]
        time.sleep(SHOW_SECONDS)
        may_send.release()
    worker.join(20)
    assert first_part(job).state == JobPart.State.DONE


def arrived(job: Job, text: str) -> list[dict[str, Any]]:
    """What the page is told of a running part, as soon as it ends with ``text``."""
    give_up = time.monotonic() + 20
    while True:
        job.transcript.refresh_from_db()
        partial = progress_of(job.transcript)["partial"]
        if (partial and partial[0]["text"].endswith(text)) or time.monotonic() > give_up:
            return list(partial)
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (answer(401, {"detail": "Unauthorized"}), "speech_key_rejected"),
        (
            answer(
                400,
                {"object": "error", "message": "Invalid model: x", "type": "invalid_model", "code": "1500"},
            ),
            "speech_model_unknown",
        ),
        (
            answer(422, {"detail": [{"loc": ["body", "file"], "msg": "bad", "type": "value_error"}]}),
            "speech_request_rejected",
        ),
    ],
)
def test_a_refusal_is_final_and_the_rest_goes_on(
    job: Job, service: Callable[..., ScriptedSpeech], step: Step, code: str
) -> None:
    scripted = service(step, GOOD)
    work()
    job.refresh_from_db()
    assert len(scripted.requests) == 2
    assert (job.state, job.error_code) == (Job.State.FAILED, code)
    assert "very-secret-key" not in job.error_message
    assert Segment.objects.filter(transcript=job.transcript, start_ms__gte=2000).count() == 2, (
        "the text of the other part is kept"
    )
    job.transcript.refresh_from_db()
    assert job.transcript.state == Transcript.State.FAILED


def test_too_many_requests_waits_as_long_as_asked(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    service(answer(429, {"message": "slow down"}, {"Retry-After": "300"}))
    part = run_first(job)
    assert (part.state, part.error_code) == (JobPart.State.QUEUED, "speech_rate_limited")
    assert part.next_try_at is not None
    assert 290 < (part.next_try_at - timezone.now()).total_seconds() < 330


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([answer(429, {"message": "slow down"})] * 4, "speech_rate_limited"),
        ([answer(500, {"message": "oops"})] * 4, "speech_unavailable"),
        ([event_stream(frame("transcription.text.delta", text="Hel"), then=reset)], "speech_connection_lost"),
        ([event_stream(frame("transcription.text.delta", text="Hel"))], "speech_stream_unfinished"),
        ([hang], "speech_timeout"),
    ],
)
def test_a_passing_fault_is_tried_again_later(
    job: Job, service: Callable[..., ScriptedSpeech], steps: list[Step], code: str
) -> None:
    service(*steps)
    part = run_first(job)
    assert (part.state, part.error_code, part.tries) == (JobPart.State.QUEUED, code, 1)
    described = progress_of(job.transcript)["job"]
    assert described["error"]["code"] == code
    assert described["next_try_at"]


def test_after_the_last_try_it_is_given_up(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    JobPart.objects.filter(job=job, index=0).update(tries=MAX_TRIES - 1)
    service(event_stream(frame("transcription.text.delta", text="Hel")))
    assert run_first(job).state == JobPart.State.FAILED


def test_the_same_work_delivered_twice_is_done_once(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    scripted = service(GOOD, GOOD)
    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert len(scripted.requests) == 2
    assert Segment.objects.filter(transcript=job.transcript).count() == 4


def test_cancelling_ends_the_call(job: Job, service: Callable[..., ScriptedSpeech]) -> None:
    hung_up = threading.Event()

    def wait_for_the_end(connection: Connection) -> None:
        if connection.has_hung_up():
            hung_up.set()

    service(event_stream(frame("transcription.text.delta", text="Hello"), then=wait_for_the_end))
    worker = threading.Thread(target=run_first, args=(job,))
    worker.start()
    assert arrived(job, "Hello")
    cancel_job(job)
    assert hung_up.wait(10)
    worker.join(10)
    assert first_part(job).state == JobPart.State.CANCELLED


def test_a_row_that_kills_its_workers_is_set_aside(job: Job) -> None:
    JobPart.objects.filter(job=job, index=0).update(attempt=60)
    part = run_first(job)
    assert (part.state, part.error_code) == (JobPart.State.FAILED, "worker_lost")
