"""The official client and raw WebSockets against a running engine."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import pytest
from mistralai.client import Mistral, models
from mistralai.extra.exceptions import RealtimeTranscriptionException, RealtimeTranscriptionWSError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from tests.engine.conftest import API_KEY
from tests.engine.engine_process import RunningEngine
from transcripts.engine.pcm import Pcm

MODEL = "voxweb-engine"
SECONDS = 60


def socket(engine: RunningEngine, model: str = MODEL, **options: Any) -> connect:
    url = f"{engine.url.replace('http', 'ws')}/v1/audio/transcriptions/realtime?model={model}"
    return connect(url, compression=None, proxy=None, **options)


async def say(connection: ClientConnection, **message: Any) -> None:
    await connection.send(json.dumps(message))


async def append(connection: ClientConnection, pcm: bytes) -> None:
    await say(connection, type="input_audio.append", audio=base64.b64encode(pcm).decode())


async def hear(connection: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(connection.recv(), SECONDS))
    return message


async def hear_all(connection: ClientConnection) -> list[dict[str, Any]]:
    heard = []
    try:
        while True:
            heard.append(await hear(connection))
    except ConnectionClosed:
        return heard


async def pieces(pcm: Pcm, samples: int = 1600) -> AsyncIterator[bytes]:
    for start in range(0, len(pcm), samples):
        yield pcm[start : start + samples].tobytes()


async def test_it_works(sdk: Mistral, clip_pcm: Pcm) -> None:
    events = [event async for event in sdk.audio.realtime.transcribe_stream(pieces(clip_pcm), MODEL)]
    assert isinstance(events[0], models.RealtimeTranscriptionSessionCreated)
    done = events[-1]
    assert isinstance(done, models.TranscriptionStreamDone)
    deltas = "".join(e.text for e in events if isinstance(e, models.TranscriptionStreamTextDelta))
    segments = [e for e in events if isinstance(e, models.TranscriptionStreamSegmentDelta)]
    assert done.text and done.text == deltas
    assert " ".join(segment.text for segment in segments) == done.text
    assert sum(isinstance(e, models.TranscriptionStreamDone) for e in events) == 1
    assert done.usage.prompt_audio_seconds == -(-len(clip_pcm) // 16000)


async def test_settings_are_taken_and_answered(sdk: Mistral, clip_pcm: Pcm) -> None:
    slow = clip_pcm[::2]
    events = [
        event
        async for event in sdk.audio.realtime.transcribe_stream(
            pieces(slow, 999),
            MODEL,
            audio_format=models.AudioFormat(encoding="pcm_s16le", sample_rate=8000),
            target_streaming_delay_ms=240,
        )
    ]
    updated = next(e for e in events if isinstance(e, models.RealtimeTranscriptionSessionUpdated))
    assert updated.session.audio_format.sample_rate == 8000
    assert updated.session.target_streaming_delay_ms == 240
    assert isinstance(events[-1], models.TranscriptionStreamDone) and events[-1].text


async def test_an_unknown_model_is_an_error_of_the_handshake(sdk: Mistral, clip_pcm: Pcm) -> None:
    with pytest.raises(RealtimeTranscriptionWSError) as refusal:
        [e async for e in sdk.audio.realtime.transcribe_stream(pieces(clip_pcm), "voxtral-mini")]
    assert refusal.value.code == 1500


async def test_flush_ends_an_utterance_and_not_the_session(engine: RunningEngine, clip_pcm: Pcm) -> None:
    async with socket(engine) as connection:
        assert (await hear(connection))["type"] == "session.created"
        await append(connection, clip_pcm[:-6000].tobytes())
        await say(connection, type="input_audio.flush")
        await append(connection, clip_pcm.tobytes())
        await say(connection, type="input_audio.end")
        heard = await hear_all(connection)
        assert connection.close_code == 1000
    kinds = [message["type"] for message in heard]
    assert kinds.count("transcription.done") == 1 and kinds[-1] == "transcription.done"
    segments = [message for message in heard if message["type"] == "transcription.segment"]
    assert len(segments) == 2
    assert segments[1]["start"] >= (len(clip_pcm) - 6000) / 16000
    assert heard[-1]["text"] == " ".join(segment["text"] for segment in segments)
    words = [word for segment in segments for word in segment["words"]]
    assert all(one["start"] <= two["start"] for one, two in pairwise(words))


@pytest.mark.parametrize(
    "message",
    [
        "rubbish",
        "[]",
        '{"type":"input_audio.append"}',
        '{"type":"input_audio.append","audio":"***"}',
        json.dumps({"type": "input_audio.append", "audio": base64.b64encode(bytes(262_145)).decode()}),
        '{"type":"session.update"}',
        '{"type":"session.update","session":{"diarize":true}}',
        '{"type":"session.update","session":{"language":"fr"}}',
        '{"type":"session.update","session":{"turn_detection":{}}}',
        '{"type":"session.update","session":{"context_bias":["x"]}}',
        '{"type":"session.update","session":{"target_streaming_delay_ms":10}}',
        '{"type":"session.update","session":{"audio_format":{"encoding":"pcm_mulaw","sample_rate":8000}}}',
        '{"type":"session.update","session":{"audio_format":{"encoding":"pcm_s16le","sample_rate":96000}}}',
        '{"type":"no.such.thing"}',
    ],
)
async def test_a_bad_message_is_answered_and_survived(engine: RunningEngine, message: str) -> None:
    async with socket(engine) as connection:
        await hear(connection)
        await connection.send(message)
        error = await hear(connection)
        assert error["type"] == "error" and isinstance(error["error"]["code"], int)
        await connection.send(b'{"type":"input_audio.end"}')
        assert (await hear(connection))["type"] == "transcription.done"


async def test_settings_are_frozen_by_the_first_sound(engine: RunningEngine) -> None:
    async with socket(engine) as connection:
        await hear(connection)
        await append(connection, bytes(3201))
        await say(connection, type="session.update", session={"language": "en"})
        error = await hear(connection)
        assert error["error"]["message"] == "Session fields cannot be changed after audio has started"


async def test_the_largest_piece_is_taken(engine: RunningEngine) -> None:
    async with socket(engine) as connection:
        await hear(connection)
        await append(connection, bytes(262_144))
        await say(connection, type="input_audio.end")
        assert [message["type"] for message in await hear_all(connection)] == ["transcription.done"]


async def test_silence_of_the_client_ends_the_session(engine: RunningEngine) -> None:
    async with socket(engine) as connection:
        await hear(connection)
        assert (await hear(connection))["error"]["code"] == 3804
        assert await hear_all(connection) == [] and connection.close_code == 4408


async def test_when_all_are_busy_it_says_so_and_recovers(engine: RunningEngine) -> None:
    async with socket(engine) as one, socket(engine) as two:
        assert (await hear(one))["type"] == (await hear(two))["type"] == "session.created"
        async with socket(engine) as third:
            assert (await hear(third))["error"]["code"] == 3505
            assert await hear_all(third) == [] and third.close_code == 4429
    for _ in range(100):
        async with socket(engine) as again:
            if (await hear(again))["type"] == "session.created":
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the places were not freed")


async def test_a_killed_recogniser_loses_no_word(engine: RunningEngine, clip_pcm: Pcm) -> None:
    async def session(kill: bool) -> str:
        async with socket(engine) as connection:
            await hear(connection)
            files = set(engine.recognisers())
            await append(connection, clip_pcm[:20000].tobytes())
            await say(connection, type="no.such.thing")
            while (await hear(connection))["type"] != "error":
                pass
            for pid in set(engine.recognisers()) - files if kill else set():
                os.kill(pid, signal.SIGKILL)
            await append(connection, np.tile(clip_pcm[20000:], 1).tobytes())
            await say(connection, type="input_audio.end")
            return str((await hear_all(connection))[-1]["text"])

    assert await session(kill=True) == await session(kill=False) != ""


async def test_a_browser_token_opens_one_model(locked_engine: RunningEngine) -> None:
    async with httpx.AsyncClient(base_url=locked_engine.url, headers={"x-api-key": API_KEY}) as client:
        reply = await client.post("/v1/client/sessions", json={"model": MODEL, "ttl_seconds": 60})
    assert reply.status_code == 201
    protocols = [Subprotocol("realtime"), Subprotocol(reply.json()["client_secret"]["value"])]
    async with socket(locked_engine, subprotocols=protocols) as connection:
        assert connection.subprotocol == "realtime"
        assert (await hear(connection))["type"] == "session.created"
    async with socket(locked_engine, model="voxweb-engine-1", subprotocols=protocols) as connection:
        assert (await hear(connection))["error"]["code"] == 1500


async def test_strangers_are_turned_away(locked_engine: RunningEngine, clip_pcm: Pcm) -> None:
    forged = [Subprotocol("realtime"), Subprotocol("rt_e30.forged")]
    for options in ({}, {"subprotocols": forged}, {"additional_headers": {"Authorization": "Bearer wrong"}}):
        with pytest.raises(InvalidStatus) as refusal:
            async with socket(locked_engine, **options):
                pass
        assert refusal.value.response.status_code == 403
    stranger = Mistral(api_key="wrong", server_url=locked_engine.url)
    with pytest.raises(RealtimeTranscriptionException):
        [e async for e in stranger.audio.realtime.transcribe_stream(pieces(clip_pcm), MODEL)]
