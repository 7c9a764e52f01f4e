"""Where somebody speaks: WebRTC voice activity, made calm by majority, loudness and gap rules.

The numbers are the measured recipe of the engine: detector mode 1, 0.3 s majority, frames below 5 % of
the speech level dropped. Speaker analysis wants tight regions, recognition wants wide ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pocketsphinx import Vad  # type: ignore[attr-defined]

from transcripts.engine.pcm import SAMPLE_RATE_HZ, Pcm, Span, seconds_to_samples

FRAME_SECONDS = 0.03
FRAME_SAMPLES = int(SAMPLE_RATE_HZ * FRAME_SECONDS)
_DETECTOR_MODE = 1
_MAJORITY_FRAMES = 10
_SPEECH_LEVEL_PERCENTILE = 80
_QUIET_SHARE = 0.05
_FRAMES_PER_BLOCK = 20_000

Frames = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RegionRule:
    """How frames become regions; all values in seconds."""

    padding: float
    smallest_gap: float
    smallest_region: float = 0.25


FOR_SPEAKERS = RegionRule(padding=0.1, smallest_gap=0.3)
FOR_RECOGNITION = RegionRule(padding=0.25, smallest_gap=0.5)


def speech_frames(pcm: Pcm) -> Frames:
    """One truth value per whole 30 ms frame: does somebody speak there?"""
    count = max(0, (len(pcm) - 1) // FRAME_SAMPLES)
    if not count:
        return np.zeros(0, np.bool_)
    detector = Vad(mode=_DETECTOR_MODE, sample_rate=SAMPLE_RATE_HZ, frame_length=FRAME_SECONDS)
    spoken = np.fromiter((detector.is_speech(_frame(pcm, i)) for i in range(count)), np.bool_, count)
    loudness = _frame_loudness(pcm, count)
    level = np.percentile(loudness[spoken], _SPEECH_LEVEL_PERCENTILE) if spoken.any() else 1.0
    spoken &= loudness > level * _QUIET_SHARE
    return _majority(spoken)


def speech_regions(frames: Frames, samples: int, rule: RegionRule) -> list[Span]:
    """Regions of speech as sample spans within ``samples``, in order, without overlap."""
    padding, gap = seconds_to_samples(rule.padding), seconds_to_samples(rule.smallest_gap)
    regions: list[Span] = []
    for start, end in _runs(frames):
        region = (max(0, start * FRAME_SAMPLES - padding), min(samples, end * FRAME_SAMPLES + padding))
        if regions and region[0] - regions[-1][1] < gap:
            regions[-1] = (regions[-1][0], region[1])
        else:
            regions.append(region)
    smallest = seconds_to_samples(rule.smallest_region)
    return [(start, end) for start, end in regions if end - start >= smallest]


def _frame(pcm: Pcm, index: int) -> bytes:
    return pcm[index * FRAME_SAMPLES : (index + 1) * FRAME_SAMPLES].tobytes()


def _frame_loudness(pcm: Pcm, count: int) -> npt.NDArray[np.float32]:
    """Root mean square per frame, worked out block by block so that memory stays small."""
    loudness = np.empty(count, np.float32)
    for first in range(0, count, _FRAMES_PER_BLOCK):
        last = min(count, first + _FRAMES_PER_BLOCK)
        block = pcm[first * FRAME_SAMPLES : last * FRAME_SAMPLES].astype(np.float32)
        loudness[first:last] = np.sqrt(np.square(block).reshape(-1, FRAME_SAMPLES).mean(axis=1))
    return loudness


def _majority(spoken: Frames) -> Frames:
    share = np.convolve(spoken.astype(np.float64), np.full(_MAJORITY_FRAMES, 1 / _MAJORITY_FRAMES), "same")
    # np.convolve answers with the longer of the two when there are fewer frames than the window.
    return share[: len(spoken)] >= 0.5 - 1e-9


def _runs(frames: Frames) -> list[tuple[int, int]]:
    """First frame and frame after the last of every run of speech."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], frames, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
