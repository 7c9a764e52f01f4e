"""The client of live sessions against the built-in engine, which is what runs without any key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.engine.engine_process import RunningEngine, started_engine
from tests.engine.spoken import speak_pcm
from tests.speech.conftest import KEY
from tests.speech.live_session import heard, text_of
from transcripts.speech.capabilities import ENGINE_MODEL
from transcripts.speech.errors import (
    SpeechKeyRejected,
    SpeechModelUnknown,
    SpeechRateLimited,
    SpeechTimeout,
)
from transcripts.speech.realtime import LiveOptions, RealtimeSession, open_session
from transcripts.speech.realtime_events import Done, SegmentDone, TextDelta

SENTENCES = "Hello world. This is a small recording for a test."
SECONDS = 60


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """An engine with one live session that wants a key."""
    arguments = ("--processes", "1", "--live-sessions", "1", "--live-idle-seconds", "2", "--api-key", KEY)
    with started_engine(tmp_path_factory.mktemp("engine"), *arguments) as running:
        yield running


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return speak_pcm(tmp_path_factory.mktemp("clips"), SENTENCES).tobytes()


async def send_all(session: RealtimeSession, pcm: bytes) -> None:
    for start in range(0, len(pcm), 6_400):
        await session.send_audio(pcm[start : start + 6_400])
    await session.end()


async def test_it_works(engine: RunningEngine, sound: bytes) -> None:
    options = LiveOptions(ENGINE_MODEL, language="en-US", delay_ms=50, diarize=True, context_bias=("Ada",))
    async with asyncio.timeout(SECONDS), open_session(engine.url, KEY, options) as session:
        sending = asyncio.create_task(send_all(session, sound))
        events = await heard(session)
        await sending
    assert session.request_id
    assert session.request_id.startswith("ws-")
    assert (session.settings["target_streaming_delay_ms"], session.settings["language"]) == (80, "en")
    assert [notice.code for notice in session.notices] == ["diarize_ignored", "context_bias_ignored"]
    final = events[-1]
    assert isinstance(final, Done)
    assert final.final
    assert final.language == "en"
    assert final.usage.audio_seconds == -(-len(sound) // 32_000)
    assert text_of(events) == final.text != ""
    segments = [event for event in events if isinstance(event, SegmentDone)]
    assert " ".join(segment.text for segment in segments) == final.text
    assert all(0 <= segment.start_ms < segment.end_ms <= len(sound) / 32 for segment in segments)
    words = [word for segment in segments for word in segment.words]
    assert [word.text for word in words] == final.text.split()
    assert isinstance(events[0], TextDelta)


async def test_a_flush_gives_the_text_at_once(engine: RunningEngine, sound: bytes) -> None:
    async with asyncio.timeout(SECONDS), open_session(engine.url, KEY, LiveOptions(ENGINE_MODEL)) as session:
        await session.send_audio(sound[:64_000])
        await session.flush()
        async for event in session.events():
            if isinstance(event, SegmentDone):
                break
        await session.end()
        assert [event.final for event in await heard(session) if isinstance(event, Done)] == [True]


async def test_a_wrong_key_is_refused(engine: RunningEngine) -> None:
    with pytest.raises(SpeechKeyRejected):
        async with open_session(engine.url, "wrong", LiveOptions(ENGINE_MODEL)):
            pass


async def test_an_unknown_model_is_refused(engine: RunningEngine) -> None:
    with pytest.raises(SpeechModelUnknown):
        async with open_session(engine.url, KEY, LiveOptions("voxtral-mini-transcribe-realtime-3")):
            pass


async def test_more_sessions_than_it_has_are_refused_for_now(engine: RunningEngine) -> None:
    async with open_session(engine.url, KEY, LiveOptions(ENGINE_MODEL)):
        with pytest.raises(SpeechRateLimited):
            async with open_session(engine.url, KEY, LiveOptions(ENGINE_MODEL)):
                pass


async def test_a_session_without_sound_ends(engine: RunningEngine) -> None:
    async with asyncio.timeout(SECONDS), open_session(engine.url, KEY, LiveOptions(ENGINE_MODEL)) as session:
        with pytest.raises(SpeechTimeout):
            await heard(session)
