"""The fake itself, seen by the official client and by a raw socket."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mistralai.client import Mistral, models
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.fakes.realtime_caller import (
    PATH,
    delta,
    done,
    flood,
    greet,
    hears,
    hears_audio,
    play,
    raw,
    reset,
    stop_reading,
)
from tests.fakes.realtime_echo import Manner, echo, echo_numbers, numbered_pcm
from tests.fakes.scripted_realtime import MODEL, Refusal, ScriptedRealtime, Step

SECONDS = 10


def socket(service: ScriptedRealtime) -> connect:
    url = f"{service.url.replace('http', 'ws')}{PATH}?model=m"
    return connect(url, compression=None, proxy=None, max_queue=None, close_timeout=1)


async def append(connection: ClientConnection, pcm: bytes) -> None:
    audio = base64.b64encode(pcm).decode()
    await connection.send(json.dumps({"type": "input_audio.append", "audio": audio}))


async def hear_all(connection: ClientConnection) -> list[dict[str, Any]]:
    async with asyncio.timeout(SECONDS):
        return [json.loads(message) async for message in connection]


def texts(events: list[dict[str, Any]]) -> str:
    return "".join(event["text"] for event in events if event["type"] == "transcription.text.delta")


async def pieces(pcm: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(pcm), 3_200):
        yield pcm[start : start + 3_200]


async def test_it_works_with_the_official_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with ScriptedRealtime([echo_numbers(Manner(has_words=True))]) as service:
        sdk = Mistral(api_key="any", server_url=service.url)
        stream = sdk.audio.realtime.transcribe_stream(pieces(numbered_pcm(12)), MODEL)
        events = [event async for event in stream]
    assert isinstance(events[-1], models.TranscriptionStreamDone)
    assert events[-1].text == " ".join(f"w{n}" for n in range(1, 13))
    segments = [e for e in events if isinstance(e, models.TranscriptionStreamSegmentDelta)]
    assert [(s.start, s.end) for s in segments] == [(0.0, 1.5), (1.5, 3.0), (3.0, 3.6)]
    assert service.sessions[0].model == MODEL
    assert service.sessions[0].headers["authorization"] == "Bearer any"
    assert bytes(service.sessions[0].audio) == numbered_pcm(12)


async def test_echo_speaks_by_the_amount_of_sound() -> None:
    async with ScriptedRealtime(otherwise=echo(Manner(segment_words=0))) as service:
        for _ in range(2):
            async with socket(service) as connection:
                await append(connection, bytes(32 * 1000))
                await connection.send('{"type":"input_audio.end"}')
                events = await hear_all(connection)
                assert connection.close_code == 1000
            assert texts(events) == events[-1]["text"] == "w1 w2 w3"
            assert [e["type"] for e in events].count("transcription.segment") == 0
    assert len(service.sessions) == 2


async def test_numbers_go_on_in_the_middle_of_the_sound() -> None:
    sound = numbered_pcm(4, first=7)
    service = ScriptedRealtime([echo_numbers(Manner(flush_is_done=True))])
    async with service, socket(service) as connection:
        await append(connection, sound[200 * 32 : 800 * 32])
        await connection.send('{"type":"input_audio.flush"}')
        await append(connection, sound[800 * 32 :])
        await connection.send('{"type":"input_audio.end"}')
        events = await hear_all(connection)
    assert texts(events) == "w8 w9 w10"
    assert [e["text"] for e in events if e["type"] == "transcription.done"] == ["w8 w9", "w10"]


async def test_a_script_is_played_in_order() -> None:
    steps: list[Step] = [
        Refusal(429, {"message": "slow down"}, {"Retry-After": "3"}),
        play(greet(), hears_audio(64), delta("a", " b"), hears("input_audio.end"), done("a b")),
        play(greet(), reset),
        play(greet(), raw("junk"), flood(2000)),
    ]
    async with ScriptedRealtime(steps) as service:
        with pytest.raises(InvalidStatus) as refused:
            await socket(service)
        assert refused.value.response.headers["Retry-After"] == "3"
        async with socket(service) as connection:
            await append(connection, bytes(64))
            await connection.send('{"type":"input_audio.end"}')
            assert [e["type"] for e in await hear_all(connection)][-1] == "transcription.done"
        async with socket(service) as connection:
            with pytest.raises(ConnectionClosed):
                await hear_all(connection)
        async with socket(service) as connection:
            assert len([message async for message in connection]) == 2002


async def test_a_service_that_reads_no_more_lets_the_socket_fill() -> None:
    async with ScriptedRealtime([play(greet(), stop_reading)]) as service, socket(service) as connection:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                while True:
                    await append(connection, bytes(200_000))
        connection.transport.abort()


def test_a_plain_test_can_use_it_and_ask_for_models() -> None:
    with ScriptedRealtime() as service:
        answer = httpx.get(f"{service.url}/v1/models", trust_env=False).json()
        assert httpx.get(f"{service.url}/v1/files", trust_env=False).status_code == 404
    assert answer["data"][0]["id"] == MODEL


async def test_what_was_not_scripted_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="1 steps"):
        async with ScriptedRealtime([echo()]):
            pass
    with pytest.raises(AssertionError, match="no step"):
        async with ScriptedRealtime() as service:
            with pytest.raises(InvalidStatus):
                await socket(service)
    service = ScriptedRealtime([play(greet(), hears("input_audio.end"))])
    with pytest.raises(AssertionError, match="a step failed"):
        async with service, socket(service) as connection:
            await connection.send("rubbish")
            await connection.wait_closed()
