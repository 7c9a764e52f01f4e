"""Stretches without speech, found by energy alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .levels import FRAME_MS, FRAME_SAMPLES, Levels
from .loudness import FULL_SCALE

SHORTEST_PAUSE_MS = 300
WINDOW_FRAMES = 10_000 // FRAME_MS
MEMORY = 0.85
"""What a 10 s window keeps of the level statistics before it: a half-life of 43 s follows changing rooms."""

QUIETEST_DB = -70
STEADY_DB = 9
SILENT_DB = -50
THRESHOLD_SHARE = 0.3


class PauseFinder:
    """Decides in windows of ten seconds; memory is constant but for the pauses found.

    A frame is quiet below a threshold between the background (10th percentile of recent levels) and speech
    (95th): 30 % of the way up. Where all levels are alike there is either no pause or, below -50 dBFS,
    nothing else.
    """

    def __init__(self) -> None:
        self._histogram = np.zeros(1 - QUIETEST_DB)
        self._waiting: list[npt.NDArray[np.float64]] = []
        self._waiting_frames = 0
        self._frames = 0
        self._quiet_since: int | None = None
        self._pauses: list[tuple[int, int]] = []

    def feed(self, levels: Levels) -> None:
        if len(levels.energy):
            self._waiting.append(levels.energy)
            self._waiting_frames += len(levels.energy)
        if self._waiting_frames >= WINDOW_FRAMES:
            self._decide()

    def finish(self, duration_ms: int) -> tuple[tuple[int, int], ...]:
        """Return all pauses of 300 ms and more as (start, end) in milliseconds, in order."""
        self._decide()
        if self._quiet_since is not None:
            self._close(self._quiet_since, self._frames)
        return tuple((start, min(end, duration_ms)) for start, end in self._pauses if start < duration_ms)

    def _decide(self) -> None:
        if not self._waiting:
            return
        energy = np.concatenate(self._waiting)
        self._waiting, self._waiting_frames = [], 0
        mean_square = np.maximum(energy / FRAME_SAMPLES / FULL_SCALE**2, 1e-12)
        level_db = np.clip(10 * np.log10(mean_square), QUIETEST_DB, 0)
        self._histogram *= MEMORY
        self._histogram += np.bincount((level_db - QUIETEST_DB).astype(np.int64), minlength=1 - QUIETEST_DB)
        self._note_runs(level_db < self._threshold_db())

    def _threshold_db(self) -> float:
        share = np.cumsum(self._histogram) / self._histogram.sum()
        background, speech = (int(np.searchsorted(share, part)) + QUIETEST_DB for part in (0.1, 0.95))
        if speech - background < STEADY_DB:
            return 1.0 if speech < SILENT_DB else QUIETEST_DB - 1.0
        return background + 1 + THRESHOLD_SHARE * (speech - background)

    def _note_runs(self, quiet: npt.NDArray[np.bool_]) -> None:
        before = self._quiet_since is not None
        for change in np.flatnonzero(np.diff(quiet, prepend=before)):
            position = self._frames + int(change)
            if quiet[change]:
                self._quiet_since = position
            elif self._quiet_since is not None:
                self._close(self._quiet_since, position)
                self._quiet_since = None
        self._frames += len(quiet)

    def _close(self, first: int, end: int) -> None:
        if (end - first) * FRAME_MS >= SHORTEST_PAUSE_MS:
            self._pauses.append((first * FRAME_MS, end * FRAME_MS))
