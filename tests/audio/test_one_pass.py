from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcripts.audio.errors import NothingDecodedError
from transcripts.audio.one_pass import PassOutcome, decode_once
from transcripts.audio.pcm import read_pcm
from transcripts.audio.peaks import read_peaks

from .recordings import dominant_hz, silence, speech, tone, wav_bytes, write_media


def decode(source: Path, work: Path, chunk_seconds: float = 600.0) -> tuple[PassOutcome, list[int]]:
    work.mkdir()
    heard: list[int] = []
    outcome = decode_once(
        source, work, chunk_seconds=chunk_seconds, max_audio_seconds=3600, on_block=heard.append
    )
    return outcome, heard


def test_it_works(tmp_path: Path) -> None:
    spoken = speech("The quick brown fox. Jumps over the lazy dog.", tmp_path)
    pcm = np.concatenate([spoken, silence(1, 22_050), spoken])
    (tmp_path / "a.wav").write_bytes(wav_bytes(pcm, rate=22_050))
    outcome, heard = decode(tmp_path / "a.wav", tmp_path / "work")
    assert outcome.samples == pytest.approx(len(pcm) * 16_000 / 22_050, abs=2)
    assert heard[-1] == pytest.approx(outcome.samples / 16, abs=1)
    assert outcome.bounds == ((0, outcome.samples),)
    middle = len(spoken) / 22.05
    assert any(start <= middle + 200 and end >= middle + 900 for start, end in outcome.pauses_ms)
    assert -40 < outcome.loudness_dbfs < outcome.peak_dbfs < 0


def test_chunks_joined_are_the_decoded_samples(tmp_path: Path) -> None:
    pcm = np.concatenate([tone(4.6), silence(0.4)] * 5)
    (tmp_path / "a.wav").write_bytes(wav_bytes(pcm))
    outcome, _ = decode(tmp_path / "a.wav", tmp_path / "work", chunk_seconds=10)
    chunks = sorted((tmp_path / "work" / "chunks").iterdir())
    assert [path.name for path in chunks] == ["0000.flac", "0001.flac", "0002.flac"]
    assert np.array_equal(np.concatenate([read_pcm(path) for path in chunks]), pcm)
    assert [end - start for start, end in outcome.bounds] == [len(read_pcm(path)) for path in chunks]


def test_peaks_cover_the_whole(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(tone(2.55)))
    decode(tmp_path / "a.wav", tmp_path / "work")
    assert [len(read_peaks(tmp_path / "work" / f"peaks-{rate}.dat").pairs) for rate in (10, 50)] == [26, 128]


def test_time_starts_where_the_players_clock_does(tmp_path: Path) -> None:
    late = write_media(tmp_path / "late.mp4", tone(2), "aac", shift=lambda seconds: seconds + 3)
    film = write_media(
        tmp_path / "film.mp4",
        tone(2),
        "aac",
        picture="libx264",
        picture_seconds=5,
        shift=lambda seconds: seconds + 3,
    )
    for source in (late, film):
        outcome, _ = decode(source, tmp_path / source.stem)
        pcm = read_pcm(tmp_path / source.stem / "chunks" / "0000.flac")
        assert outcome.samples / 16_000 == pytest.approx(5, abs=0.1)
        assert not pcm[: 16_000 * 2].any()
        assert dominant_hz(pcm[16_000 * 3 + 1600 : 16_000 * 4]) == pytest.approx(440, abs=3)


def test_copies_start_where_the_file_does(tmp_path: Path) -> None:
    source = write_media(
        tmp_path / "a.mka", tone(2), "aac", container="matroska", shift=lambda seconds: seconds + 3
    )
    outcome, _ = decode(source, tmp_path / "work")
    assert outcome.samples / 16_000 == pytest.approx(2, abs=0.1)


def test_encoder_delay_is_not_heard(tmp_path: Path) -> None:
    outcome, _ = decode(write_media(tmp_path / "a.mp3", tone(3), "libmp3lame"), tmp_path / "work")
    assert outcome.samples == 48_000


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(silence(0)))
    with pytest.raises(NothingDecodedError):
        decode(tmp_path / "a.wav", tmp_path / "work")
