"""Voices as Gaussians over feature frames, and how far apart two of them are.

A voice is kept as count, sum and sum of squares, so that joining two costs nothing and no frames need to
stay in memory. The distance is the generalised likelihood ratio of one against two full-covariance Gaussians.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transcripts.engine.features import CEPSTRA, Features

Numbers = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]

_RIDGE = 1e-2 * np.eye(CEPSTRA)
_FREE_PARAMETERS = CEPSTRA + CEPSTRA * (CEPSTRA + 1) / 2


@dataclass(frozen=True)
class VoiceStatistics:
    """Frames of one voice: how many, their sum (19,), the sum of their outer products (19, 19)."""

    frames: int
    sums: Numbers
    squares: Numbers

    @classmethod
    def of(cls, features: Features) -> VoiceStatistics:
        """The statistics of at least one frame."""
        wide = features.astype(np.float64)
        return cls(len(wide), wide.sum(axis=0), wide.T @ wide)

    def __add__(self, other: VoiceStatistics) -> VoiceStatistics:
        return VoiceStatistics(
            self.frames + other.frames, self.sums + other.sums, self.squares + other.squares
        )

    def normalised(self, mean: Numbers, deviation: Numbers) -> VoiceStatistics:
        """The statistics the same frames would have as (frame - mean) / deviation."""
        cross = np.outer(self.sums, mean)
        squares = self.squares - cross - cross.T + self.frames * np.outer(mean, mean)
        return VoiceStatistics(
            self.frames,
            (self.sums - self.frames * mean) / deviation,
            squares / np.outer(deviation, deviation),
        )


class VoiceTable:
    """Many voices side by side, compared in batches. Indexes stay valid; a joined voice is gone."""

    def __init__(self, voices: Sequence[VoiceStatistics]) -> None:
        self.counts = np.array([voice.frames for voice in voices], np.float64)
        self._sums = np.array([voice.sums for voice in voices])
        self._squares = np.array([voice.squares for voice in voices])
        self._spreads = _log_determinants(self.counts, self._sums, self._squares)
        self.members = [[index] for index in range(len(voices))]
        self.alive = np.ones(len(voices), np.bool_)

    def likelihood_gains(self, one: int, others: Indexes) -> Numbers:
        """How much better two Gaussians explain ``one`` and each of ``others`` than one (in nats, >= 0)."""
        counts = self.counts[one] + self.counts[others]
        sums, squares = self._sums[one] + self._sums[others], self._squares[one] + self._squares[others]
        apart = self.counts[one] * self._spreads[one] + self.counts[others] * self._spreads[others]
        gains: Numbers = 0.5 * (counts * _log_determinants(counts, sums, squares) - apart)
        return gains

    def divergences(self, one: int, others: Indexes) -> Numbers:
        """Likelihood gain per frame, independent of how long each voice speaks."""
        weights = self.counts[one] * self.counts[others] / (self.counts[one] + self.counts[others])
        divergences: Numbers = self.likelihood_gains(one, others) / weights
        return divergences

    def criteria(self, one: int, others: Indexes, weight: float) -> Numbers:
        """Bayesian information criterion of keeping the voices apart; below 0 they are one voice."""
        penalties = weight * 0.5 * _FREE_PARAMETERS * np.log(self.counts[one] + self.counts[others])
        criteria: Numbers = self.likelihood_gains(one, others) - penalties
        return criteria

    def join(self, into: int, other: int) -> None:
        """Make ``other`` a part of ``into``."""
        self.counts[into] += self.counts[other]
        self._sums[into] += self._sums[other]
        self._squares[into] += self._squares[other]
        self._spreads[into] = _log_determinants(
            self.counts[into : into + 1], self._sums[into : into + 1], self._squares[into : into + 1]
        )[0]
        self.members[into] += self.members[other]
        self.alive[other] = False

    def survivors(self) -> Indexes:
        """Indexes of voices that were not joined to another, in order."""
        return np.flatnonzero(self.alive)


def _log_determinants(counts: Numbers, sums: Numbers, squares: Numbers) -> Numbers:
    means = sums / counts[:, None]
    covariances = squares / counts[:, None, None] - means[:, :, None] * means[:, None, :]
    determinants: Numbers = np.linalg.slogdet(covariances + _RIDGE)[1]
    return determinants
