from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcripts.audio.errors import NoAudioTrackError
from transcripts.audio.flac import FlacWriter
from transcripts.audio.pcm import BLOCK_SAMPLES, read_pcm, samples_to_ms, stream_pcm

from .recordings import noise, tone, wav_bytes, write_silent_film


def test_it_works(tmp_path: Path) -> None:
    pcm = noise(9.5)
    writer = FlacWriter(tmp_path / "chunk.flac")
    writer.write(pcm)
    writer.close()
    assert np.array_equal(read_pcm(tmp_path / "chunk.flac"), pcm)
    sizes = [len(block) for block in stream_pcm(tmp_path / "chunk.flac")]
    assert sizes == [BLOCK_SAMPLES, BLOCK_SAMPLES, len(pcm) - 2 * BLOCK_SAMPLES]


def test_no_sound_track(tmp_path: Path) -> None:
    with pytest.raises(NoAudioTrackError):
        read_pcm(write_silent_film(tmp_path / "film.mp4"))


def test_other_rates_are_converted(tmp_path: Path) -> None:
    (tmp_path / "tone.wav").write_bytes(wav_bytes(tone(2, 48_000), rate=48_000))
    assert len(read_pcm(tmp_path / "tone.wav")) == 32_000


def test_milliseconds_are_rounded() -> None:
    assert [samples_to_ms(samples) for samples in (0, 7, 8, 16, 23, 24)] == [0, 0, 1, 1, 1, 2]
