from __future__ import annotations

from pathlib import Path

import pytest

from transcripts.audio.errors import NotMediaError
from transcripts.audio.ingest_run import run_ingest
from transcripts.audio.limits import IngestLimits
from transcripts.audio.result import IngestResult

from .recordings import noise, silence, tone, write_media

LIVE = {"live": "1"}


def ingest_here(source: Path, folder: Path, chunk_seconds: float = 600.0) -> IngestResult:
    folder.mkdir(exist_ok=True)
    return run_ingest(source, folder, chunk_seconds, IngestLimits(), lambda decoded_ms: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_it_works(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.webm", noise(3, 48_000), "libopus", rate=48_000, muxer_options=LIVE)
    result = ingest_here(source, tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {
        "peaks-10.dat",
        "peaks-50.dat",
        "chunks/0000.flac",
        "playback.webm",
    }
    assert result.playback == tmp_path / "out" / "playback.webm"
    assert result.playback_type == "audio/webm"
    assert result.duration_ms == pytest.approx(3000, abs=20)


def test_a_second_run_gives_the_same_and_removes_what_the_first_left(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.webm", noise(5, 48_000), "libopus", rate=48_000, muxer_options=LIVE)
    first = ingest_here(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    ingest_here(source, tmp_path / "out", chunk_seconds=2)
    assert len(list((tmp_path / "out" / "chunks").iterdir())) > 1
    (tmp_path / "out" / ".ingest-killed").mkdir()
    assert ingest_here(source, tmp_path / "out") == first
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "out" / ".ingest-killed").exists()


def test_a_failure_leaves_an_earlier_result_alone(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.flac", tone(2), "flac")
    ingest_here(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    source.write_bytes(b"no longer media")
    with pytest.raises(NotMediaError):
        ingest_here(source, tmp_path / "out")
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("name", "codec", "container", "rate", "expected"),
    [
        ("a.wav", "pcm_s16le", None, 16_000, None),
        ("a.mp3", "libmp3lame", None, 16_000, None),
        ("a.m4a", "aac", "mp4", 16_000, None),
        ("a.flac", "flac", None, 16_000, None),
        ("a.ogg", "libopus", None, 48_000, None),
        ("a.webm", "libopus", None, 48_000, None),
        ("a.aac", "aac", "adts", 16_000, "playback.m4a"),
        ("a.mov", "pcm_s16be", "mov", 16_000, "playback.m4a"),
        ("a.mka", "libopus", "matroska", 48_000, "playback.webm"),
        ("a.aiff", "pcm_s16be", "aiff", 16_000, "playback.m4a"),
        ("a.wma", "wmav2", "asf", 44_100, "playback.m4a"),
        ("a.caf", "pcm_s16le", "caf", 16_000, "playback.m4a"),
        ("a.ts", "aac", "mpegts", 16_000, "playback.m4a"),
    ],
)
def test_every_container_is_read(
    tmp_path: Path, name: str, codec: str, container: str | None, rate: int, expected: str | None
) -> None:
    source = write_media(tmp_path / name, noise(3, rate), codec, container=container, rate=rate)
    result = ingest_here(source, tmp_path / "out")
    assert result.duration_ms == pytest.approx(3000, abs=150)
    assert (result.playback.name if result.playback else None) == expected
    assert result.unreadable is None


@pytest.mark.parametrize(
    ("name", "codec", "picture", "expected"),
    [
        ("a.mp4", "aac", "libx264", None),
        ("a.mov", "aac", "libx264", "playback.mp4"),
        ("a.mkv", "ac3", "libx264", "playback.mp4"),
        ("a.avi", "libmp3lame", "mpeg4", "playback.m4a"),
    ],
)
def test_films_keep_their_picture_where_browsers_show_it(
    tmp_path: Path, name: str, codec: str, picture: str, expected: str | None
) -> None:
    source = write_media(tmp_path / name, noise(3, 48_000), codec, rate=48_000, picture=picture)
    result = ingest_here(source, tmp_path / "out")
    assert (result.playback.name if result.playback else None) == expected
    assert (result.playback_notice is not None) == (expected == "playback.m4a")


def test_a_variable_bit_rate_gets_an_exact_copy(tmp_path: Path) -> None:
    options = {"flags": "+qscale", "global_quality": "472"}
    source = write_media(tmp_path / "a.mp3", noise(3), "libmp3lame", options=options)
    mixed = write_media(tmp_path / "b.mp3", silence(3), "libmp3lame", options=options)
    source.write_bytes(source.read_bytes() + mixed.read_bytes())
    result = ingest_here(source, tmp_path / "out")
    assert (result.playback_type, result.playback and result.playback.name) == ("audio/mp4", "playback.m4a")
