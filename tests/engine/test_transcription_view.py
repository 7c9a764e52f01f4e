"""The official client and raw HTTP against a running engine."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from mistralai.client import Mistral, errors, models

from tests.engine.engine_process import RunningEngine
from tests.engine.spoken import speak, write_wav
from transcripts.engine.pcm import Pcm

MODEL = "voxweb-engine"


def sound(path: Path) -> models.File:
    return models.File(file_name=path.name, content=path.read_bytes())


def post(engine: RunningEngine, **parts: Any) -> httpx.Response:
    return httpx.post(f"{engine.url}/v1/audio/transcriptions", timeout=100, **parts)


def events(body: str) -> list[tuple[str, dict[str, Any]]]:
    frames = [frame.split("\n") for frame in body.split("\n\n") if frame.startswith("event:")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]


def test_it_works(sdk: Mistral, clip: Path) -> None:
    reply = sdk.audio.transcriptions.complete(
        model=MODEL, file=sound(clip), diarize=True, timestamp_granularities=["segment", "word"]
    )
    assert "world" in reply.text.lower()
    assert reply.model == MODEL and reply.language == "en"
    assert reply.usage.prompt_audio_seconds and reply.usage.completion_tokens
    assert reply.segments
    assert " ".join(segment.text for segment in reply.segments) == reply.text
    for segment in reply.segments:
        assert segment.speaker_id == "speaker_1"
        words = segment.words  # type: ignore[attr-defined]
        assert " ".join(word["text"] for word in words) == segment.text
        starts = [word["start"] for word in words]
        assert starts == sorted(starts)
        assert segment.start is not None and segment.start <= starts[0]
        assert segment.end is not None and segment.end >= words[-1]["end"]


def test_plain_text_has_no_segments(sdk: Mistral, clip: Path) -> None:
    reply = sdk.audio.transcriptions.complete(model="voxweb-engine-1", file=sound(clip), language="en")
    assert reply.text and reply.segments == [] and reply.model == "voxweb-engine-1"


def test_words_alone_are_segments_of_one_word(sdk: Mistral, clip: Path) -> None:
    reply = sdk.audio.transcriptions.complete(model=MODEL, file=sound(clip), timestamp_granularities=["word"])
    assert reply.segments and all(" " not in segment.text for segment in reply.segments)
    assert all(0 <= (segment.score or 0) <= 1 for segment in reply.segments)
    assert " ".join(segment.text for segment in reply.segments) == reply.text


def test_stream_deltas_are_the_text(sdk: Mistral, clips: Path) -> None:
    path = speak(clips, "Hello world. ... ... ... Two three four.")
    kinds: list[str] = []
    deltas, final = "", None
    with sdk.audio.transcriptions.stream(
        model=MODEL, file=sound(path), timestamp_granularities=["segment"]
    ) as stream:
        for event in stream:
            kinds.append(event.event)
            if isinstance(event.data, models.TranscriptionStreamTextDelta):
                deltas += event.data.text
            if isinstance(event.data, models.TranscriptionStreamDone):
                final = event.data
    assert kinds[0] == "transcription.language" and kinds[-1] == "transcription.done"
    assert "transcription.segment" in kinds
    assert final is not None and final.text == deltas
    assert len(final.segments or []) == kinds.count("transcription.segment")


async def test_async_calls_work(sdk: Mistral, clip: Path) -> None:
    reply = await sdk.audio.transcriptions.complete_async(model=MODEL, file=sound(clip))
    stream = await sdk.audio.transcriptions.stream_async(model=MODEL, file=sound(clip))
    async with stream:
        final = [event.data async for event in stream][-1]
    assert isinstance(final, models.TranscriptionStreamDone) and final.text == reply.text


def test_file_id_and_signed_url_are_sources(sdk: Mistral, clip: Path) -> None:
    purpose: Any = "audio"
    stored = sdk.files.upload(file=sound(clip), purpose=purpose)
    url = sdk.files.get_signed_url(file_id=stored.id).url
    by_id = sdk.audio.transcriptions.complete(model=MODEL, file_id=stored.id)
    by_url = sdk.audio.transcriptions.complete(model=MODEL, file_url=url)
    assert by_id.text and by_id.text == by_url.text
    sdk.files.delete(file_id=stored.id)
    with pytest.raises(errors.SDKError) as gone:
        sdk.audio.transcriptions.complete(model=MODEL, file_url=url)
    assert gone.value.status_code == 404


def test_stream_may_be_asked_for_without_the_sdk(engine: RunningEngine, clip: Path) -> None:
    reply = post(engine, data={"model": MODEL, "stream": "true"}, files={"file": clip.open("rb")})
    assert reply.headers["content-type"].startswith("text/event-stream")
    names = [name for name, data in events(reply.text) if name == data["type"]]
    assert names[-1] == "transcription.done" and "transcription.segment" not in names


def test_temperature_gives_a_notice(engine: RunningEngine, clip: Path) -> None:
    fields = {"model": MODEL, "temperature": "0.7", "response_format": "json"}
    reply = post(engine, data=fields, files={"file": clip.open("rb")})
    codes = [notice["code"] for notice in reply.json()["notices"]]
    assert codes == ["temperature_ignored", "field_ignored"]


def test_speaker_count_is_honoured(engine: RunningEngine, clips: Path) -> None:
    fields = {"model": MODEL, "diarize": "true", "num_speakers": "1", "timestamp_granularities[]": "segment"}
    reply = post(engine, data=fields, files={"file": speak(clips).open("rb")})
    assert {segment["speaker_id"] for segment in reply.json()["segments"]} == {"speaker_1"}


@pytest.mark.parametrize(
    ("arguments", "status", "kind"),
    [
        ({"model": "voxtral-mini-transcribe-3"}, 400, "invalid_model"),
        ({"language": "de"}, 400, "unsupported_language"),
        ({"context_bias": ["Northwind"]}, 400, "unsupported_parameter"),
        ({"speaker_references": {"Ann": "UklGRg=="}, "diarize": True}, 400, "unsupported_parameter"),
        ({"language": "en-US"}, 422, "value_error"),
        ({"temperature": 9.0}, 422, "value_error"),
        ({"file_url": "https://example.org/a.mp3"}, 422, "value_error"),
        ({"file": None}, 422, "missing"),
        ({"file": None, "file_url": "https://example.org/a.mp3"}, 400, "invalid_file_url"),
        ({"file": None, "file_id": "../../etc/passwd"}, 404, "file_missing"),
    ],
)
def test_what_cannot_be_honoured_is_refused(
    sdk: Mistral, clip: Path, arguments: dict[str, Any], status: int, kind: str
) -> None:
    given = {"model": MODEL, "file": sound(clip), **arguments}
    with pytest.raises(errors.SDKError) as refusal:
        sdk.audio.transcriptions.complete(**{k: v for k, v in given.items() if v is not None})
    body = json.loads(refusal.value.body)
    assert refusal.value.status_code == status
    assert kind == (body["detail"][0]["type"] if status == 422 else body["type"])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "audio_empty"),
        (b"hello, this is text", "audio_unreadable"),
        (b"ffconcat version 1.0\nfile 'content'\n", "audio_unreadable"),
        (b"#EXTM3U\n#EXTINF:10,\ncontent\n", "audio_unreadable"),
        (bytes(range(256)) * 400, "audio_unreadable"),
        (b"RIFF\xf0\xff\xff\xffWAVEfmt ", "audio_unreadable"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_rubbish_is_refused_before_any_stream(
    engine: RunningEngine, content: bytes, kind: str, stream: bool
) -> None:
    fields = {"model": MODEL, "stream": str(stream).lower()}
    reply = post(engine, data=fields, files={"file": ("a.mp3", content)})
    assert reply.status_code == 400 and reply.json()["type"] == kind
    assert reply.json()["raw_status_code"] == 400 and isinstance(reply.json()["code"], str)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"json": {"model": MODEL}}, 415),
        ({"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 422),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"data": {"model": MODEL, "file": "not a file"}}, 422),
        ({"data": {"model": [MODEL, MODEL], "file_id": "1"}}, 422),
        ({"data": {"model": MODEL, "file_id": "1", "num_speakers": "9"}}, 422),
        ({"data": {"model": MODEL, "file_id": "1", "diarize": "perhaps"}}, 422),
        ({"data": {"model": MODEL, "file_id": "1", "timestamp_granularities": "syllable"}}, 422),
        ({"data": {"model": MODEL, "file_id": "1", "turn_detection": "{}"}}, 400),
        ({"data": {"model": MODEL, "file_url": "http://x/" + "a" * 2083}}, 422),
    ],
)
def test_odd_requests_have_documented_answers(
    engine: RunningEngine, parts: dict[str, Any], status: int
) -> None:
    reply = post(engine, **parts)
    assert reply.status_code == status
    assert "detail" in reply.json() if status == 422 else reply.json()["object"] == "error"


@pytest.mark.parametrize("stream", ["true", "false"])
def test_silence_is_an_empty_transcript(engine: RunningEngine, tmp_path: Path, stream: str) -> None:
    silence = write_wav(tmp_path / "silence.wav", np.zeros(32_000, np.int16))
    fields = {"model": MODEL, "stream": stream, "diarize": "true"}
    reply = post(engine, data=fields, files={"file": silence.open("rb")})
    final = events(reply.text)[-1][1] if stream == "true" else reply.json()
    assert (final["text"], final["segments"], final["usage"]["prompt_audio_seconds"]) == ("", [], 2)


def test_two_requests_at_once_both_succeed(sdk: Mistral, clips: Path) -> None:
    paths = [speak(clips, "Two three four."), speak(clips, "Hello.", "en-gb")]
    with ThreadPoolExecutor(2) as threads:
        replies = list(
            threads.map(lambda path: sdk.audio.transcriptions.complete(model=MODEL, file=sound(path)), paths)
        )
    assert all(reply.text for reply in replies) and replies[0].text != replies[1].text


def test_a_killed_recogniser_costs_nothing(
    engine: RunningEngine, sdk: Mistral, tmp_path: Path, clip: Path, clip_pcm: Pcm
) -> None:
    whole = write_wav(tmp_path / "long.wav", np.tile(clip_pcm, 2))
    expected = sdk.audio.transcriptions.complete(model=MODEL, file=sound(whole)).text
    with ThreadPoolExecutor(1) as threads:
        reply = threads.submit(sdk.audio.transcriptions.complete, model=MODEL, file=sound(whole))
        time.sleep(0.5)
        victims = engine.recognisers()[1:]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        assert reply.result(100).text == expected
    assert len(victims) >= 2
    assert "world" in sdk.audio.transcriptions.complete(model=MODEL, file=sound(clip)).text.lower()


def test_a_caller_who_leaves_frees_everything(engine: RunningEngine, clip: Path) -> None:
    fields = {"model": MODEL, "stream": "true"}
    with httpx.stream(
        "POST",
        f"{engine.url}/v1/audio/transcriptions",
        data=fields,
        files={"file": clip.open("rb")},
        timeout=100,
    ) as reply:
        next(reply.iter_lines())
    deadline = time.monotonic() + 60
    while any((engine.data_dir / "spool").iterdir()):
        assert time.monotonic() < deadline, "the spool was not emptied"
        time.sleep(0.1)
