from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transcripts.audio.flac import FlacWriter
from transcripts.audio.pcm import Pcm, read_pcm

from .recordings import noise


def write(path: Path, blocks: list[Pcm]) -> None:
    writer = FlacWriter(path)
    for block in blocks:
        writer.write(block)
    writer.close()


def test_it_works(tmp_path: Path) -> None:
    write(tmp_path / "a.flac", [noise(2), noise(1)])
    assert np.array_equal(read_pcm(tmp_path / "a.flac"), np.concatenate([noise(2), noise(1)]))


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.flac", "b.flac"):
        write(tmp_path / name, [noise(2)])
    assert (tmp_path / "a.flac").read_bytes() == (tmp_path / "b.flac").read_bytes()


@settings(deadline=None, max_examples=30)
@given(st.lists(arrays(np.int16, st.integers(0, 10_000)), min_size=1, max_size=4))
def test_samples_are_exact(blocks: list[Pcm]) -> None:
    pcm = np.concatenate(blocks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.flac"
        write(path, blocks)
        if len(pcm):
            assert np.array_equal(read_pcm(path), pcm)
