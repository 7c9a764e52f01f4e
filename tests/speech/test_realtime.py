"""The client of live sessions against a scripted service; faults are in ``test_realtime_faults``."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.fakes.realtime_caller import (
    agree,
    close,
    delta,
    done,
    flood,
    greet,
    hears,
    hears_audio,
    pause,
    play,
    raw,
    say,
    segment,
)
from tests.fakes.realtime_echo import Manner, echo_numbers, numbered_pcm
from tests.fakes.scripted_realtime import MODEL, ScriptedRealtime
from tests.speech.conftest import KEY
from tests.speech.live_session import QUICK, dones_of, heard, live, text_of
from transcripts.speech.errors import SpeechStreamUnfinished
from transcripts.speech.realtime import (
    LARGEST_APPEND_BYTES,
    LiveOptions,
    LiveTimeouts,
    RealtimeSession,
    open_session,
)
from transcripts.speech.realtime_events import (
    Created,
    Done,
    Language,
    SegmentDone,
    TextDelta,
    Turn,
    Unknown,
    Updated,
)
from transcripts.speech.wire import Usage


async def send_all(session: RealtimeSession, pcm: bytes, piece: int = 3_200) -> None:
    for start in range(0, len(pcm), piece):
        await session.send_audio(pcm[start : start + piece])
    await session.end()


async def test_it_works() -> None:
    sound = numbered_pcm(12)
    async with live(echo_numbers(Manner(has_words=True, speakers=("Ada", "Bob")))) as (service, session):
        sending = asyncio.create_task(send_all(session, sound))
        events = await heard(session)
        await sending
    assert session.request_id == "ws-1"
    assert session.settings["model"] == "scripted"
    text = " ".join(f"w{number}" for number in range(1, 13))
    assert events[-1] == Done(text, "en", Usage(4.0, 0, 12, 12), final=True)
    assert text_of(events) == text
    segments = [event for event in events if isinstance(event, SegmentDone)]
    assert [(s.start_ms, s.end_ms, s.speaker) for s in segments] == [
        (0, 1500, "Ada"),
        (1500, 3000, "Bob"),
        (3000, 3600, "Ada"),
    ]
    assert [word.text for word in segments[2].words] == ["w11", "w12"]
    seen = service.sessions[0]
    assert bytes(seen.audio) == sound
    assert seen.kinds == ["input_audio.end"]
    assert seen.model == MODEL
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.headers["user-agent"] == "voxweb"
    assert "sec-websocket-extensions" not in seen.headers
    assert seen.close_code == 1000


async def test_the_wire_is_the_official_one() -> None:
    got: list[str | bytes] = []

    async def keep(caller: Any) -> None:
        caller.seen.take = lambda message: got.append(json.dumps(message, separators=(",", ":")))
        await greet()(caller)
        await caller.until(lambda _: len(got) == 3)
        await done()(caller)

    async with live(keep) as (_, session):
        await session.send_audio(b"\0\0\1\0")
        await session.flush()
        await session.end()
        await heard(session)
    assert got == [
        '{"type":"input_audio.append","audio":"AAABAA=="}',
        '{"type":"input_audio.flush"}',
        '{"type":"input_audio.end"}',
    ]


async def test_settings_are_sent_waited_for_and_told() -> None:
    script = play(
        say("transcription.language", audio_language="de"),
        greet(),
        agree(diarize=False, target_streaming_delay_ms=480),
        hears("input_audio.end"),
        done(),
    )
    options = LiveOptions(MODEL, language="de", delay_ms=300, diarize=True, turn_detection=True)
    async with live(script, options) as (service, session):
        await session.end()
        events = await heard(session)
    assert service.sessions[0].settings == {
        "target_streaming_delay_ms": 300,
        "diarize": True,
        "language": "de",
    }
    assert (session.settings["target_streaming_delay_ms"], session.settings["language"]) == (480, "de")
    assert [notice.code for notice in session.notices] == ["turn_detection_ignored", "diarize_ignored"]
    # What came before the greeting is not lost.
    assert events == [Language("de"), Done(usage=Usage(1.0), final=True)]


async def test_settings_that_nobody_confirms_do_not_hold_a_session_up() -> None:
    script = play(greet(), hears("input_audio.end"), say("session.updated", session={}), done())
    times = LiveTimeouts(update_seconds=0.05, last_done_seconds=0.1)
    options = LiveOptions(MODEL, language="de")
    async with live(script, options, times) as (_, session):
        assert session.notices == ()
        await session.end()
        assert (await heard(session))[0] == Updated()


async def test_a_late_greeting_is_waited_for() -> None:
    script = play(pause(0.3), greet("ws-late"), hears("input_audio.end"), done())
    async with live(script) as (_, session):
        assert session.request_id == "ws-late"
        await session.end()
        await heard(session)


async def test_unknown_things_are_passed_on() -> None:
    script = play(
        greet(),
        raw("junk"),
        raw(b'{"type":"transcription.text.delta","text":"binary","new":1}'),
        raw(b"\xff\xff"),
        say("brand.new", text="x"),
        say("turn.start", time_s=0.5),
        greet("ws-again"),
        hears("input_audio.end"),
        done(),
    )
    async with live(script) as (_, session):
        await session.end()
        events = await heard(session)
    assert events[:5] == [Unknown(), TextDelta("binary"), Unknown(), Unknown("brand.new"), Turn("start", 500)]
    assert isinstance(events[5], Created)
    assert events[5].request_id == "ws-again"


async def test_a_done_for_every_flush_is_partial() -> None:
    sound = numbered_pcm(6)
    async with live(echo_numbers(Manner(flush_is_done=True))) as (_, session):
        await session.send_audio(sound[: 900 * 32])
        await session.flush()
        await session.send_audio(sound[900 * 32 :])
        await session.flush()
        await session.end()
        events = await heard(session)
    assert dones_of(events) == [("w1 w2 w3", False), ("w4 w5 w6", False), ("", True)]


async def test_a_done_before_our_end_does_not_end_the_session() -> None:
    script = play(
        greet(), hears_audio(2), done("early"), delta("more"), hears("input_audio.end"), done("all")
    )
    async with live(script) as (_, session):
        await session.send_audio(bytes(2))
        events = session.events()
        assert (await anext(events)) == Done("early", usage=Usage(1.0))
        assert (await anext(events)) == TextDelta("more")
        await session.end()
        assert dones_of([event async for event in events]) == [("all", True)]


async def test_a_done_without_a_close_ends_the_session_after_a_moment() -> None:
    script = play(greet(), hears("input_audio.end"), done("all"), pause(0.5))
    async with live(script) as (service, session):
        await session.end()
        await session.end()
        assert [type(event) for event in await heard(session)] == [Done]
    assert service.sessions[0].kinds == ["input_audio.end"]


async def test_an_early_done_and_a_close_is_unfinished() -> None:
    async with live(play(greet(), done("early"), close())) as (_, session):
        with pytest.raises(SpeechStreamUnfinished):
            await heard(session)


async def test_a_flood_is_taken_whole_at_our_pace() -> None:
    script = play(greet(), flood(5000), hears("input_audio.end"), done())
    async with live(script) as (_, session):
        await asyncio.sleep(0.3)
        await session.end()
        events = await heard(session)
    assert text_of(events) == "".join(f" n{number}" for number in range(5000))


async def test_segments_may_come_without_words_and_text_twice() -> None:
    script = play(
        greet(),
        delta("Good", "Good", speaker_id="speaker_1"),
        segment("Good day.", 0.0, 1.2, speaker_id="speaker_1"),
        segment("Good day.", 0.0, 1.2, speaker_id=None),
        hears("input_audio.end"),
        done(),
    )
    async with live(script) as (_, session):
        await session.end()
        events = await heard(session)
    assert events[:4] == [
        TextDelta("Good", "speaker_1"),
        TextDelta("Good", "speaker_1"),
        SegmentDone(0, 1200, "Good day.", "speaker_1"),
        SegmentDone(0, 1200, "Good day."),
    ]


async def test_a_message_holds_so_much_sound_and_no_more() -> None:
    async with live(play(greet(), hears("input_audio.end"), done())) as (service, session):
        await session.send_audio(bytes(LARGEST_APPEND_BYTES))
        with pytest.raises(ValueError, match="262144"):
            await session.send_audio(bytes(LARGEST_APPEND_BYTES + 1))
        await session.end()
        await heard(session)
    assert len(service.sessions[0].audio) == LARGEST_APPEND_BYTES


async def test_another_sample_rate_is_asked_away() -> None:
    other = {"encoding": "pcm_s16le", "sample_rate": 24_000}
    script = play(greet(audio_format=other), agree(), hears("input_audio.end"), done())
    async with live(script) as (service, session):
        await session.end()
        await heard(session)
    assert service.sessions[0].settings == {"audio_format": {"encoding": "pcm_s16le", "sample_rate": 16_000}}


async def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with live(play(greet())):
        pass


async def test_closing_ends_the_events() -> None:
    async with live(play(greet(), delta("a"), hears("never"))) as (_, session):
        reading = asyncio.create_task(heard(session))
        await asyncio.sleep(0.05)
        await session.close()
        assert await reading == [TextDelta("a")]


async def test_no_key_is_needed_for_a_server_of_ones_own() -> None:
    service = ScriptedRealtime([play(greet(), hears("never"))])
    async with service, open_session(f"{service.url}/v1", "", LiveOptions("my-own"), timeouts=QUICK):
        pass
    assert "authorization" not in service.sessions[0].headers
