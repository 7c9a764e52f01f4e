from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transcripts.audio.levels import FRAME_SAMPLES, LevelMeter, Levels
from transcripts.audio.pcm import Pcm


def all_levels(blocks: list[Pcm]) -> list[Levels]:
    meter = LevelMeter()
    return [meter.feed(block) for block in blocks] + list(meter.finish())


def test_it_works() -> None:
    pcm = np.array([1, -5, 3] + [0] * 317 + [7, -7], np.int16)
    whole, rest = all_levels([pcm])
    assert (whole.low.tolist(), whole.high.tolist(), whole.energy.tolist()) == ([-5], [3], [35.0])
    assert (rest.low.tolist(), rest.high.tolist(), rest.energy.tolist(), rest.samples) == (
        [-7],
        [7],
        [98.0],
        2,
    )


def test_nothing_gives_nothing() -> None:
    assert sum(levels.samples for levels in all_levels([])) == 0


@given(arrays(np.int16, st.integers(0, 3000)), st.lists(st.integers(0, 3000), max_size=5))
def test_blocks_of_any_length_give_the_same(pcm: Pcm, cuts: list[int]) -> None:
    blocks = np.split(pcm, sorted(min(cut, len(pcm)) for cut in cuts))
    levels = all_levels(blocks)
    low = np.concatenate([part.low for part in levels])
    energy = np.concatenate([part.energy for part in levels])
    frames = [pcm[start : start + FRAME_SAMPLES] for start in range(0, len(pcm), FRAME_SAMPLES)]
    assert low.tolist() == [int(frame.min()) for frame in frames]
    exact = [float(np.square(frame.astype(np.float64)).sum()) for frame in frames]
    assert np.allclose(energy, exact, rtol=1e-4)
    assert sum(part.samples for part in levels) == len(pcm)
