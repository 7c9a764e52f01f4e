from __future__ import annotations

import struct
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transcripts.audio.levels import LevelMeter
from transcripts.audio.pcm import Pcm
from transcripts.audio.peaks import PeaksWriter, read_peaks


def write(path: Path, blocks: list[Pcm], pixels_per_second: int) -> None:
    meter = LevelMeter()
    with PeaksWriter(path, pixels_per_second) as writer:
        for block in blocks:
            writer.feed(meter.feed(block))
        for levels in meter.finish():
            writer.feed(levels)
        writer.finish()


def test_it_works(tmp_path: Path) -> None:
    pcm = np.zeros(16_000, np.int16)
    pcm[0], pcm[1], pcm[1599], pcm[1600] = 32767, -32768, 512, -300
    write(tmp_path / "peaks.dat", [pcm], 10)
    peaks = read_peaks(tmp_path / "peaks.dat")
    assert (peaks.sample_rate_hz, peaks.samples_per_pixel) == (16_000, 1600)
    assert peaks.pairs.tolist() == [[-128, 127], [-1, 0]] + [[0, 0]] * 8


def test_the_header_is_that_of_audiowaveform(tmp_path: Path) -> None:
    write(tmp_path / "peaks.dat", [np.ones(801, np.int16)], 50)
    content = (tmp_path / "peaks.dat").read_bytes()
    assert struct.unpack_from("<iIiiIi", content) == (2, 1, 16_000, 320, 3, 1)
    assert len(content) == 24 + 2 * 3


@pytest.mark.parametrize("content", [b"", b"\2\0\0\0" * 6, struct.pack("<iIiiIi", 1, 1, 16_000, 320, 0, 1)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "peaks.dat").write_bytes(content)
    with pytest.raises(ValueError, match="peaks file"):
        read_peaks(tmp_path / "peaks.dat")


@given(
    arrays(np.int16, st.integers(1, 6000)),
    st.lists(st.integers(0, 6000), max_size=4),
    st.sampled_from([10, 50]),
)
def test_every_pixel_is_the_extreme_of_its_samples(pcm: Pcm, cuts: list[int], rate: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "peaks.dat"
        write(path, list(np.split(pcm, sorted(min(cut, len(pcm)) for cut in cuts))), rate)
        pairs = read_peaks(path).pairs.tolist()
    pixel = 16_000 // rate
    parts = [pcm[start : start + pixel] for start in range(0, len(pcm), pixel)]
    assert pairs == [[int(int(part.min()) / 256), int(int(part.max()) / 256)] for part in parts]
