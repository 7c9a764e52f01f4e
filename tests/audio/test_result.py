from __future__ import annotations

import json
from pathlib import Path

from transcripts.audio.probe import MediaInfo
from transcripts.audio.result import AudioChunk, IngestResult, Notice

FOLDER = Path("/media/abc")
MEDIA = MediaInfo("mp3", "mp3", 44_100, 2, 1000, 0, 25, 1, True, has_video=False)
RESULT = IngestResult(
    duration_ms=1000,
    samples=16_000,
    media=MEDIA,
    chunks=(AudioChunk(0, FOLDER / "chunks/0000.flac", 0, 1000, 0, 16_000),),
    pauses_ms=((0, 300), (500, 900)),
    loudness_dbfs=-23.5,
    peak_dbfs=-1.0,
    playback=FOLDER / "playback.m4a",
    playback_type="audio/mp4",
    unreadable=Notice("partly_unreadable", "A sentence.", {"readable_seconds": 1.0}),
    playback_notice=None,
)


def test_it_works() -> None:
    payload = json.loads(json.dumps(RESULT.to_json(FOLDER)))
    assert IngestResult.from_json(payload, FOLDER) == RESULT


def test_the_folder_may_move() -> None:
    moved = IngestResult.from_json(RESULT.to_json(FOLDER), Path("/elsewhere"))
    assert moved.chunks[0].path == Path("/elsewhere/chunks/0000.flac")
    assert moved.playback == Path("/elsewhere/playback.m4a")


def test_a_chunk_counts_its_samples() -> None:
    assert RESULT.chunks[0].samples == 16_000


def test_nothing_optional_is_needed() -> None:
    payload = RESULT.to_json(FOLDER) | {"playback": None, "unreadable": None}
    result = IngestResult.from_json(payload, FOLDER)
    assert (result.playback, result.unreadable) == (None, None)
