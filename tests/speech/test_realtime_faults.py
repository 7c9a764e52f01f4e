"""Everything that goes wrong in a live session, and the error it becomes."""

from __future__ import annotations

import asyncio
import gc
import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.realtime_caller import (
    Action,
    agree,
    close,
    delta,
    done,
    error,
    greet,
    hears,
    hears_audio,
    pause,
    play,
    raw,
    raw_text,
    reset,
    stall,
    stop_reading,
)
from tests.fakes.scripted_realtime import MODEL, Refusal, ScriptedRealtime, SilentHandshake, Step
from tests.fakes.scripted_speech import ScriptedSpeech
from tests.fakes.scripted_speech import Step as HttpStep
from tests.fakes.scripted_speech import raw as raw_answer
from tests.fakes.scripted_speech import reset as reset_connection
from tests.speech.conftest import KEY
from tests.speech.live_session import QUICK, heard, live, text_of
from transcripts.speech.errors import (
    SpeechAddressInvalid,
    SpeechConnectionLost,
    SpeechError,
    SpeechKeyRejected,
    SpeechModelUnknown,
    SpeechRateLimited,
    SpeechRequestRejected,
    SpeechResponseInvalid,
    SpeechStreamUnfinished,
    SpeechTimeout,
    SpeechUnavailable,
)
from transcripts.speech.realtime import LiveOptions, LiveTimeouts, open_session
from transcripts.speech.realtime_events import RealtimeEvent, TextDelta

SOON = replace(QUICK, open_seconds=0.2, greeting_seconds=0.2, send_seconds=0.3, done_seconds=0.2)
WITH_SETTINGS = LiveOptions(MODEL, language="de", diarize=True)
INVALID_MODEL = {"object": "error", "message": "Invalid model: m", "type": "invalid_model", "code": "1500"}
BUSY = {"object": "error", "message": "Rate limit exceeded", "type": "rate_limited", "code": "1300"}


async def failure_of(
    step: Step, options: LiveOptions | None = None, timeouts: LiveTimeouts = SOON
) -> SpeechError:
    """The error that opening a session or listening to it ends with."""
    with pytest.raises(SpeechError) as failure:
        async with live(step, options, timeouts) as (_, session):
            await heard(session)
    return failure.value


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Refusal(401, {"detail": f"Bad key {KEY}"}), SpeechKeyRejected),
        (Refusal(403, b"<html><title>Forbidden</title></html>"), SpeechKeyRejected),
        (Refusal(400, INVALID_MODEL), SpeechModelUnknown),
        (Refusal(404), SpeechRequestRejected),
        (Refusal(422, {"detail": [{"loc": ["query", "model"], "msg": "bad"}]}), SpeechRequestRejected),
        (Refusal(429, BUSY), SpeechRateLimited),
        (Refusal(503, b"x" * 900_000), SpeechUnavailable),
        (Refusal(200, {"hello": "world"}), SpeechResponseInvalid),
        (Refusal(302, b"", {"Location": "/elsewhere"}), SpeechResponseInvalid),
        (SilentHandshake(), SpeechTimeout),
        (play(stall), SpeechTimeout),
        (play(reset), SpeechConnectionLost),
        (play(close(1008, f"no {KEY}")), SpeechStreamUnfinished),
        (play(error("Invalid model: m", 1500)), SpeechModelUnknown),
        (play(error("all sessions are taken", 3505)), SpeechRateLimited),
        (play(error("broken", 3000)), SpeechUnavailable),
        (play(greet(), error({"detail": f"who is {KEY}"}, 401)), SpeechKeyRejected),
        (play(greet(), error("Timeout waiting for response", 3804)), SpeechTimeout),
        (play(greet(), error("The engine failed.", 3000)), SpeechUnavailable),
        (play(greet(), raw('{"type":"error"}')), SpeechUnavailable),
        (play(greet(), delta("a"), reset), SpeechConnectionLost),
        (play(greet(), delta("a"), close(1000)), SpeechStreamUnfinished),
        (play(greet(), delta("a"), close(1011, f"oops {KEY}")), SpeechStreamUnfinished),
        (play(greet(), delta("x" * 1_100_000)), SpeechResponseInvalid),
    ],
)
async def test_faults_become_errors(
    step: Step, kind: type[SpeechError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    failure = await failure_of(step)
    assert type(failure) is kind
    # The service of this test logs too, what it received of course.
    logged = [record.getMessage() for record in caplog.records if record.name != "websockets.server"]
    assert KEY not in "".join([*traceback.format_exception(failure), repr(vars(failure)), *logged])
    assert failure.__cause__ is None
    assert failure.__context__ is None or isinstance(failure.__context__, SpeechError)


async def test_a_refusal_says_how_long_to_wait_and_who_said_so() -> None:
    failure = await failure_of(Refusal(429, BUSY, {"Retry-After": "7", "X-Request-Id": "r-1"}))
    assert (failure.retry_after_seconds, failure.request_id, failure.status) == (7, "r-1", 429)
    assert failure.complaint.code == "1300"


async def test_a_close_says_its_code_and_reason() -> None:
    failure = await failure_of(play(greet(), close(4000, "come back later")))
    assert failure.detail == {"close_code": 4000, "close_reason": "come back later"}


@pytest.mark.parametrize(
    "refusal",
    [
        play(greet(), hears("session.update"), error("no such thing", 3051), stall),
        play(greet(), agree(), error("Diarization is not compatible with turn detection", 3051), stall),
        play(greet(), agree(), error("Input should be 'en'", 422), stall),
    ],
)
async def test_refused_settings_are_told_from_a_failing_service(refusal: Action) -> None:
    assert type(await failure_of(refusal, WITH_SETTINGS)) is SpeechRequestRejected


async def test_a_failing_service_is_told_from_refused_settings() -> None:
    failing = play(greet(), agree(), error("The engine failed.", 3000), stall)
    assert type(await failure_of(failing, WITH_SETTINGS)) is SpeechUnavailable


async def test_sound_in_another_form_is_refused() -> None:
    other = {"encoding": "pcm_mulaw", "sample_rate": 8000}
    failure = await failure_of(play(greet(audio_format=other), agree(audio_format=other)))
    assert type(failure) is SpeechRequestRejected


@pytest.mark.parametrize("address", ["ftp://host", "http://user:pass@host", ""])
async def test_an_unusable_address_is_refused(address: str) -> None:
    with pytest.raises(SpeechAddressInvalid):
        async with open_session(address, KEY, LiveOptions(MODEL)):
            pass


async def test_an_unusable_key_is_refused() -> None:
    with pytest.raises(SpeechKeyRejected):
        async with open_session("http://127.0.0.1:9", "sk ö", LiveOptions(MODEL)):
            pass


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://no-such-host.invalid", "http://a..b"])
async def test_nobody_there(address: str) -> None:
    with pytest.raises(SpeechUnavailable) as failure:
        async with open_session(address, KEY, LiveOptions(MODEL)):
            pass
    assert failure.value.__context__ is None


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (reset_connection, SpeechConnectionLost),
        (raw_answer(b""), SpeechConnectionLost),
        (raw_answer(b"SSH-2.0-hello\r\n\r\n"), SpeechResponseInvalid),
        (raw_answer(b"HTTP/1.1 101 Hm\r\n\r\n"), SpeechResponseInvalid),
    ],
)
async def test_something_else_answers(step: HttpStep, kind: type[SpeechError]) -> None:
    with ScriptedSpeech([step]) as service, pytest.raises(kind):
        async with open_session(service.url, KEY, LiveOptions(MODEL), timeouts=QUICK):
            pass


async def test_text_that_is_not_utf_8_ends_the_session() -> None:
    assert type(await failure_of(play(greet(), raw_text(b"\xff"), stall))) is SpeechResponseInvalid


async def test_the_service_stops_answering_but_keeps_the_socket() -> None:
    async with live(play(greet(), delta("a"), stall), timeouts=SOON) as (_, session):
        events: list[RealtimeEvent] = []
        with pytest.raises(SpeechTimeout):
            await session.end()
            async for event in session.events():
                events.append(event)
    assert events == [TextDelta("a")]


async def test_an_end_is_noticed_while_waiting_for_text() -> None:
    async with live(play(greet(), stall), timeouts=SOON) as (_, session):
        reading = asyncio.create_task(heard(session))
        await asyncio.sleep(0.05)
        assert not reading.done()
        await session.end()
        with pytest.raises(SpeechTimeout):
            await reading


async def test_the_service_reads_no_more() -> None:
    async with live(play(greet(), stop_reading), timeouts=SOON) as (_, session):
        reading = asyncio.create_task(heard(session))
        with pytest.raises(SpeechTimeout):
            while True:
                await session.send_audio(bytes(200_000))
        with pytest.raises(SpeechTimeout):
            await reading


async def test_little_sound_waits_on_the_way() -> None:
    sent = 0
    async with live(play(greet(), stop_reading), timeouts=SOON) as (_, session):
        with pytest.raises(SpeechTimeout):
            while True:
                await session.send_audio(bytes(3_200))
                sent += 3_200
    assert sent < 40 * 32_000


async def test_it_dies_while_the_past_is_sent() -> None:
    async with live(play(greet(), hears_audio(64_000), delta("a"), reset)) as (service, session):
        reading = asyncio.create_task(heard(session))
        with pytest.raises(SpeechConnectionLost):
            while True:
                await session.send_audio(bytes(3_200))
        with pytest.raises(SpeechConnectionLost):
            await reading
    assert len(service.sessions[0].audio) >= 64_000


async def test_the_sender_learns_the_reason_too() -> None:
    script = play(greet(), hears_audio(3_200), error("slow down", 1300), close(4429))
    async with live(script) as (_, session):
        reading = asyncio.create_task(heard(session))
        with pytest.raises(SpeechRateLimited):
            while True:
                await session.send_audio(bytes(3_200))
        with pytest.raises(SpeechRateLimited):
            await reading


async def test_without_a_reader_the_sender_does_not_wait() -> None:
    async with live(play(greet(), close())) as (service, session):
        await asyncio.to_thread(service.sessions[0].ended.wait, 5)
        with pytest.raises(SpeechStreamUnfinished):
            await session.flush()


async def test_a_dead_line_is_noticed_by_pings() -> None:
    # A service that reads nothing answers no ping either.
    timeouts = replace(QUICK, ping_seconds=0.1)
    async with live(play(greet(), stop_reading), timeouts=timeouts) as (_, session):
        await session.send_audio(bytes(200_000))
        with pytest.raises(SpeechConnectionLost):
            await heard(session)


# -- nothing stays behind --------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_socket_is_left(recwarn: pytest.WarningsRecorder) -> Iterator[None]:
    gc.collect()  # what other tests have left
    recwarn.clear()
    yield
    assert not [str(w.message) for w in recwarn if issubclass(w.category, ResourceWarning)]


@pytest.mark.parametrize(
    "step",
    [
        SilentHandshake(),
        play(stall),
        play(greet(), stall),
        play(greet(), hears("session.update"), stall),
        play(greet(), agree(), delta("a"), stall),
        play(greet(), agree(), stop_reading),
    ],
)
@pytest.mark.parametrize("after_seconds", [0, 0.01, 0.1])
async def test_a_cancelled_session_leaves_nothing(step: Step, after_seconds: float) -> None:
    async def use(url: str) -> None:
        opened = open_session(url, KEY, WITH_SETTINGS, timeouts=QUICK)
        async with opened as session, asyncio.TaskGroup() as tasks:
            tasks.create_task(heard(session))
            while True:
                await session.send_audio(bytes(100_000))
                await asyncio.sleep(0)

    async with ScriptedRealtime(otherwise=step) as service:
        before = asyncio.all_tasks()
        port = int(service.url.rpartition(":")[2])
        running = asyncio.create_task(use(service.url))
        await asyncio.sleep(after_seconds)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before
        assert not _connections_to(port)


async def test_an_error_of_the_caller_closes_the_session() -> None:
    with pytest.raises(ZeroDivisionError):
        async with live(play(greet(), stall)) as (service, _):
            raise ZeroDivisionError
    assert service.sessions[0].ended.is_set()


async def test_leaving_does_not_wait_for_a_service_that_does_not_answer() -> None:
    times = replace(QUICK, close_seconds=0.1)
    async with live(play(greet(), stop_reading), timeouts=times) as (_, session):
        before = len(asyncio.all_tasks())
        await session.send_audio(bytes(200_000))
    assert len(asyncio.all_tasks()) < before


async def test_what_was_said_before_a_fault_is_heard() -> None:
    events: list[RealtimeEvent] = []
    async with live(play(greet(), delta("a", " b"), pause(0.05), reset)) as (_, session):
        with pytest.raises(SpeechConnectionLost):
            async for event in session.events():
                events.append(event)
    assert text_of(events) == "a b"


async def test_an_error_after_the_last_done_does_not_matter() -> None:
    script = play(greet(), hears("input_audio.end"), done("all"), error("too late", 3000))
    async with live(script) as (_, session):
        await session.end()
        assert len(await heard(session)) == 1


def _connections_to(port: int) -> list[str]:
    """Established connections whose other end is ``port``."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    ends = [line.split()[1:4] for line in lines]
    return [local for local, remote, state in ends if remote.endswith(f":{port:04X}") and state == "01"]
