"""How loud a recording is."""

from __future__ import annotations

import math

from .levels import Levels

FULL_SCALE = 32768.0
QUIETEST_DBFS = -96.0


class LoudnessMeter:
    """Sums energy while levels stream by."""

    def __init__(self) -> None:
        self._energy = 0.0
        self._samples = 0
        self._peak = 0

    def feed(self, levels: Levels) -> None:
        self._energy += float(levels.energy.sum())
        self._samples += levels.samples
        if levels.samples:
            self._peak = max(self._peak, int(levels.high.max()), -int(levels.low.min()))

    @property
    def rms_dbfs(self) -> float:
        """RMS of all samples in dB relative to full scale, rounded to 0.1, at least -96."""
        return dbfs(math.sqrt(self._energy / self._samples)) if self._samples else QUIETEST_DBFS

    @property
    def peak_dbfs(self) -> float:
        """The largest sample in the same unit."""
        return dbfs(self._peak)


def dbfs(amplitude: float) -> float:
    """Decibels of an amplitude of 0 to 32768, rounded to 0.1, at least -96."""
    if amplitude <= 0:
        return QUIETEST_DBFS
    return round(max(20 * math.log10(amplitude / FULL_SCALE), QUIETEST_DBFS), 1)
