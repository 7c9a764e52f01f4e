from __future__ import annotations

import numpy as np
import pytest

from transcripts.audio.levels import LevelMeter
from transcripts.audio.loudness import LoudnessMeter, dbfs
from transcripts.audio.pcm import Pcm

from .recordings import silence, tone


def measure(pcm: Pcm) -> LoudnessMeter:
    loudness, meter = LoudnessMeter(), LevelMeter()
    loudness.feed(meter.feed(pcm))
    for levels in meter.finish():
        loudness.feed(levels)
    return loudness


def test_it_works() -> None:
    loudness = measure(tone(1, level=0.5))
    assert loudness.rms_dbfs == pytest.approx(-9.0, abs=0.1)
    assert loudness.peak_dbfs == pytest.approx(-6.0, abs=0.1)


def test_silence_and_nothing_stay_finite() -> None:
    assert measure(silence(1)).rms_dbfs == -96.0
    assert LoudnessMeter().rms_dbfs == -96.0
    assert LoudnessMeter().peak_dbfs == -96.0


def test_full_scale_is_zero() -> None:
    assert measure(np.full(320, -32768, np.int16)).peak_dbfs == 0.0
    assert dbfs(32768) == 0.0
