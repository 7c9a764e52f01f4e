"""The one form in which the engine handles sound: 16 kHz mono, signed 16-bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
BYTES_PER_SAMPLE = 2

Pcm = npt.NDArray[np.int16]
"""Samples at 16 kHz, shape (n,)."""

Span = tuple[int, int]
"""A stretch of sound: first sample, and the sample after the last."""


def seconds_to_samples(seconds: float) -> int:
    """The nearest sample position."""
    return round(seconds * SAMPLE_RATE_HZ)


def samples_to_ms(samples: int) -> int:
    """Whole milliseconds of media time."""
    return samples // SAMPLES_PER_MS
