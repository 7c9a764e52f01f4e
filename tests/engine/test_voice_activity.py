"""Where somebody speaks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.spoken import voice_like
from transcripts.engine.pcm import SAMPLE_RATE_HZ, Pcm
from transcripts.engine.voice_activity import (
    FOR_RECOGNITION,
    FOR_SPEAKERS,
    RegionRule,
    speech_frames,
    speech_regions,
)


def two_stretches() -> Pcm:
    quiet = np.zeros(2 * SAMPLE_RATE_HZ, np.int16)
    return np.concatenate([quiet, voice_like(2, 120), quiet, voice_like(2, 200), quiet])


@pytest.mark.parametrize("rule", [FOR_RECOGNITION, FOR_SPEAKERS])
def test_it_works(rule: RegionRule) -> None:
    pcm = two_stretches()
    regions = speech_regions(speech_frames(pcm), len(pcm), rule)
    assert len(regions) == 2
    for (start, end), true_start in zip(regions, (2, 6), strict=True):
        assert abs(start / SAMPLE_RATE_HZ + rule.padding - true_start) < 0.3
        assert abs(end / SAMPLE_RATE_HZ - rule.padding - true_start - 2) < 0.4


def test_clip_is_one_region(clip_pcm: Pcm) -> None:
    [(start, end)] = speech_regions(speech_frames(clip_pcm), len(clip_pcm), FOR_RECOGNITION)
    assert 0 <= start < 0.5 * SAMPLE_RATE_HZ and end <= len(clip_pcm)


@pytest.mark.parametrize("samples", [0, 1, 480, 481, 4799, 16_000])
def test_silence_has_no_regions(samples: int) -> None:
    frames = speech_frames(np.zeros(samples, np.int16))
    assert speech_regions(frames, samples, FOR_RECOGNITION) == []
