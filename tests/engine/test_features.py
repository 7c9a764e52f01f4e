"""Cepstra in blocks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.spoken import voice_like
from transcripts.engine import features
from transcripts.engine.features import CEPSTRA, HOP_SAMPLES, cepstra, frame_count


def test_it_works() -> None:
    low, high = cepstra(voice_like(2, 110)), cepstra(voice_like(2, 230))
    assert low.shape == (frame_count(32_000), CEPSTRA) and low.dtype == np.float32
    assert np.isfinite(low).all()
    assert np.abs(low.mean(axis=0) - high.mean(axis=0)).max() > 0.5


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (399, 0), (400, 1), (559, 1), (560, 2)])
def test_frames_are_whole_windows(samples: int, frames: int) -> None:
    assert frame_count(samples) == frames and cepstra(np.ones(samples, np.int16)).shape == (frames, CEPSTRA)


def test_blocks_join_without_a_seam() -> None:
    pcm = voice_like(70, 150)
    late = 6000 * HOP_SAMPLES
    whole, tail = cepstra(pcm), cepstra(pcm[late:])
    assert len(whole) > 6000
    assert np.allclose(whole[6001:], tail[1:], atol=1e-3)
    assert features.FRAMES_PER_SECOND * HOP_SAMPLES == 16_000
