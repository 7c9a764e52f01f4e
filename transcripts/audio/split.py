"""Cut a stream of samples into chunks at the longest pause before each limit, losing and doubling nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .pcm import SAMPLE_RATE_HZ, Pcm

WINDOW_SAMPLES = 480
"""30 ms; pauses are counted in these."""

SHORTEST_PAUSE_WINDOWS = 5
QUIET_PERCENTILE = 10
QUIET_FACTOR = 1.6
QUIET_FLOOR = 12.0
LATE_BONUS = 0.25
SEARCH_SECONDS = 60.0
SHORTEST_TAIL_SECONDS = 2.0


class ChunkSink(Protocol):
    """Where one chunk goes."""

    def write(self, pcm: Pcm) -> None: ...
    def close(self) -> None: ...


class ChunkSplitter:
    """Writes every sample into exactly one chunk; chunks hold at most ``max_samples``.

    The cut lies in the last ``search_samples`` of a chunk (60 s, or half of a shorter chunk). Memory holds
    that window only. ``open_sink`` is called with the index of each chunk as it begins; ``bounds`` lists
    (start, end) sample positions of the chunks closed so far.
    """

    def __init__(
        self, max_samples: int, open_sink: Callable[[int], ChunkSink], search_samples: int | None = None
    ) -> None:
        longest_search = min(int(SEARCH_SECONDS * SAMPLE_RATE_HZ), max_samples // 2)
        self.max_samples = max_samples
        self.search_samples = longest_search if search_samples is None else search_samples
        self.tail_samples = min(int(SHORTEST_TAIL_SECONDS * SAMPLE_RATE_HZ), self.search_samples // 2)
        self.bounds: list[tuple[int, int]] = []
        self._open_sink = open_sink
        self._sink: ChunkSink | None = None
        self._held: list[Pcm] = []
        self._held_samples = 0
        self._start = 0
        self._written = 0

    def feed(self, pcm: Pcm) -> None:
        self._held.append(pcm)
        self._held_samples += len(pcm)
        while self._written + self._held_samples >= self.max_samples + self.tail_samples:
            self._cut(self.max_samples)
        if self._written + self._held_samples <= self.max_samples - self.search_samples:
            self._write(self._take())

    def finish(self) -> None:
        """Close the last chunk; when it is a little too long, cut it so that two seconds remain."""
        total = self._written + self._held_samples
        if total > self.max_samples:
            self._cut(min(self.max_samples, total - self.tail_samples))
        self._write(self._take())
        if self._written:
            self._close()

    def _cut(self, latest: int) -> None:
        held = self._take()
        earliest = max(self.max_samples - self.search_samples - self._written, 0)
        position = best_cut(held[: latest - self._written], earliest)
        self._write(held[:position])
        self._close()
        self._hold(held[position:])

    def _take(self) -> Pcm:
        held = np.concatenate(self._held) if self._held else np.zeros(0, np.int16)
        self._held, self._held_samples = [], 0
        return held

    def _hold(self, pcm: Pcm) -> None:
        self._held, self._held_samples = [pcm], len(pcm)

    def _write(self, pcm: Pcm) -> None:
        if not len(pcm):
            return
        if self._sink is None:
            self._sink = self._open_sink(len(self.bounds))
        self._sink.write(pcm)
        self._written += len(pcm)

    def _close(self) -> None:
        if self._sink is not None:
            self._sink.close()
        end = self._start + self._written
        self.bounds.append((self._start, end))
        self._sink, self._start, self._written = None, end, 0


def best_cut(pcm: Pcm, earliest: int) -> int:
    """Return the sample position in the middle of the longest pause at or after ``earliest``.

    Late pauses count up to a quarter more. Without a pause of 150 ms the quietest 30 ms are taken; where
    fewer samples than that follow ``earliest``, the end is.
    """
    windows = (len(pcm) - earliest) // WINDOW_SAMPLES
    if windows < 1:
        return len(pcm)
    searched = pcm[earliest : earliest + windows * WINDOW_SAMPLES].reshape(windows, -1).astype(np.float32)
    loudness = np.sqrt(np.square(searched).mean(axis=1)) + 1
    quiet, usual = np.percentile(loudness, [QUIET_PERCENTILE, 50])
    threshold = max(float(min(quiet, usual / 2)) * QUIET_FACTOR, QUIET_FLOOR)
    window = _middle_of_best_run(loudness <= threshold)
    if window is None:
        window = int(loudness.argmin())
    return earliest + window * WINDOW_SAMPLES + WINDOW_SAMPLES // 2


def _middle_of_best_run(quiet: npt.NDArray[np.bool_]) -> int | None:
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    if not len(edges):
        return None
    lengths = edges[:, 1] - edges[:, 0]
    scores = lengths * (1 + LATE_BONUS * edges[:, 0] / len(quiet))
    best = int(scores.argmax())
    return int(edges[best].sum()) // 2 if scores[best] >= SHORTEST_PAUSE_WINDOWS else None
