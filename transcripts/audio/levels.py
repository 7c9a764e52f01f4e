"""Extremes and energy of every 20 ms: the one look at the samples that peaks, loudness and pauses share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .pcm import SAMPLE_RATE_HZ, Pcm

FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE_HZ * FRAME_MS // 1000


@dataclass(frozen=True, slots=True)
class Levels:
    """One value per 20 ms frame, shape (frames,): smallest and largest sample, and the sum of squares.

    ``samples`` counts the samples they cover; only the last frame of a recording may be shorter than 320.
    """

    low: Pcm
    high: Pcm
    energy: npt.NDArray[np.float64]
    samples: int


class LevelMeter:
    """Cuts blocks of any length into frames; what does not fill a frame waits for the next block."""

    def __init__(self) -> None:
        self._rest: Pcm = np.zeros(0, np.int16)

    def feed(self, pcm: Pcm) -> Levels:
        joined = np.concatenate([self._rest, pcm]) if len(self._rest) else pcm
        whole = len(joined) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = joined[whole:].copy()
        return _measure(joined[:whole].reshape(-1, FRAME_SAMPLES))

    def finish(self) -> Iterator[Levels]:
        """Yield the last, shorter frame if there is one."""
        if len(self._rest):
            yield _measure(self._rest.reshape(1, -1))
        self._rest = self._rest[:0]


def _measure(frames: Pcm) -> Levels:
    exact = frames.astype(np.float32)
    energy = np.einsum("ij,ij->i", exact, exact).astype(np.float64)
    return Levels(frames.min(axis=1), frames.max(axis=1), energy, frames.size)
