from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcripts.audio.errors import (
    AudioError,
    AudioTooLongError,
    DiskFullError,
    PlaylistRefusedError,
)
from transcripts.audio.ingest import IngestLimits, ingest
from transcripts.audio.pcm import read_pcm

from .recordings import (
    damaged,
    noise,
    run,
    samples_folder,
    silence,
    tone,
    wav_bytes,
    write_media,
    write_silent_film,
)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_it_works(tmp_path: Path) -> None:
    pcm = np.concatenate([tone(4.5), silence(0.5)] * 6)
    (tmp_path / "a.wav").write_bytes(wav_bytes(pcm))
    heard: list[int] = []
    result = ingest(
        tmp_path / "a.wav",
        tmp_path / "out",
        limits=IngestLimits(),
        chunk_seconds=12,
        on_progress=heard.append,
        should_stop=lambda: False,
    )
    assert result.duration_ms == 30_000
    assert heard[0] == 4000
    assert len(result.chunks) == 3
    assert np.array_equal(np.concatenate([read_pcm(chunk.path) for chunk in result.chunks]), pcm)
    assert [chunk.start_sample for chunk in result.chunks[1:]] == [
        chunk.end_sample for chunk in result.chunks[:-1]
    ]
    assert (tmp_path / "out" / "peaks-50.dat").exists()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.mp3": (b"", "empty_file"),
    "text.mp3": (b"hello " * 500, "not_media"),
    "page.mp3": (b"<!doctype html><html></html>" * 50, "not_media"),
    "list.mp3": (b"ffconcat version 1.0\nfile 'victim.wav'\n", "playlist_refused"),
    "list.m3u8": (b"#EXTM3U\n#EXTINF:10,\nvictim.wav\n", "playlist_refused"),
    "random.mp3": (np.random.default_rng(1).bytes(100_000), "nothing_decoded"),
    "header.wav": (wav_bytes(silence(0)), "nothing_decoded"),
    "one-hertz.wav": (wav_bytes(noise(8), rate=1), "unsupported_sample_rate"),
    "channels.wav": (wav_bytes(noise(8), channels=65_535), "too_many_channels"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_their_code(tmp_path: Path, name: str) -> None:
    content, code = HOSTILE[name]
    (tmp_path / "victim.wav").write_bytes(wav_bytes(tone(1)))
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError) as failure:
        run(tmp_path / name, tmp_path / "out")
    assert failure.value.code == code
    assert leftovers(tmp_path / "out") == []


def test_a_film_without_sound(tmp_path: Path) -> None:
    with pytest.raises(AudioError) as failure:
        run(write_silent_film(tmp_path / "a.mp4"), tmp_path / "out")
    assert failure.value.code == "no_audio_track"


def test_a_lying_size_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(3), data_bytes=0xFFFFFFF0))
    assert run(tmp_path / "a.wav", tmp_path / "out").duration_ms == 3000


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.mp3", "libmp3lame", 16_000), ("a.flac", "flac", 16_000), ("a.webm", "libopus", 48_000)],
)
def test_half_a_file_is_read_as_far_as_it_goes(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    source = write_media(tmp_path / name, noise(20, rate), codec, rate=rate)
    content = source.read_bytes()
    source.write_bytes(content[: len(content) // 2])
    result = run(source, tmp_path / "out")
    assert result.duration_ms == pytest.approx(10_000, rel=0.1)
    assert result.unreadable is not None
    assert result.unreadable.code == "partly_unreadable"
    assert result.unreadable.detail["claimed_seconds"] == pytest.approx(20, abs=0.1)
    assert result.unreadable.detail["readable_seconds"] == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize(
    ("name", "codec", "container"),
    [("a.mp3", "libmp3lame", None), ("a.flac", "flac", None), ("a.m4a", "aac", "mp4")],
)
def test_a_corrupt_middle_is_passed_over(
    tmp_path: Path, name: str, codec: str, container: str | None
) -> None:
    source = write_media(tmp_path / name, noise(30), codec, container=container)
    source.write_bytes(damaged(source.read_bytes(), 0.5, 15_000))
    result = run(source, tmp_path / "out")
    assert 20_000 < result.duration_ms < 31_000
    assert result.unreadable is not None
    assert result.playback is not None


def test_too_long_says_the_limit(tmp_path: Path) -> None:
    source = write_media(tmp_path / "a.flac", silence(90), "flac")
    with pytest.raises(AudioTooLongError) as failure:
        run(source, tmp_path / "out", max_audio_seconds=60)
    assert failure.value.detail == {"max_seconds": 60}


@pytest.mark.parametrize("file_bytes", [100, 3000, 100_000])
def test_a_full_disk_is_worth_another_try(tmp_path: Path, file_bytes: int) -> None:
    source = write_media(tmp_path / "a.flac", noise(10), "flac")
    with pytest.raises(DiskFullError) as failure:
        run(source, tmp_path / "out", file_bytes=file_bytes)
    assert failure.value.retryable
    assert leftovers(tmp_path / "out") == []
    assert run(source, tmp_path / "out").duration_ms == 10_000


@pytest.mark.parametrize("name", ["peaks-10.dat", "playback.mp4", "chunks/0000.flac"])
def test_the_source_must_not_be_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / "chunks").mkdir()
    source = tmp_path / name
    source.write_bytes(wav_bytes(tone(1)))
    with pytest.raises(ValueError, match="source"):
        run(source, tmp_path)
    with pytest.raises(ValueError, match="second"):
        run(source, tmp_path / "out", chunk_seconds=0)


def test_no_cut_falls_into_a_word(tmp_path: Path) -> None:
    source = samples_folder() / "synth_dialogue_10min.mp3"
    result = run(source, tmp_path / "out", chunk_seconds=60)
    assert result.samples == sum(chunk.samples for chunk in result.chunks)
    assert len(result.chunks) >= 11
    for chunk in result.chunks[1:]:
        around = [pause for pause in result.pauses_ms if pause[0] <= chunk.start_ms <= pause[1]]
        assert around, chunk


def test_every_real_sample_is_read(tmp_path: Path) -> None:
    for source in sorted(samples_folder().iterdir()):
        if source.suffix in {".m4a", ".mp4", ".webm", ".opus"}:
            result = run(source, tmp_path / source.name)
            assert result.unreadable is None
            assert result.duration_ms == pytest.approx(result.media.claimed_ms, abs=50)


def test_playlists_do_not_reach_a_neighbour(tmp_path: Path) -> None:
    (tmp_path / "victim.wav").write_bytes(wav_bytes(tone(1)))
    (tmp_path / "list.mp3").write_bytes(b"ffconcat version 1.0\nfile victim.wav\n")
    with pytest.raises(PlaylistRefusedError):
        run(tmp_path / "list.mp3", tmp_path / "out")
