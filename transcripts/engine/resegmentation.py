"""Redraws the borders between speakers frame by frame, once it is known how each of them sounds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from transcripts.engine.features import CEPSTRA, FRAMES_PER_SECOND, Features

Labels = npt.NDArray[np.int16]
"""One speaker number per feature frame, -1 where nobody speaks."""

_SMOOTHING_FRAMES = FRAMES_PER_SECOND
_SWITCH_PENALTY = 2.0
_FEWEST_FRAMES = 50
_STEP_FRAMES = 5
_UNLIKELY = -1e9
_FRAMES_PER_BLOCK = 50_000


def redraw(features: Features, labels: Labels, speakers: int, spoken: npt.NDArray[np.bool_]) -> Labels:
    """New labels: a Gaussian per speaker, likelihoods smoothed over 1 s, best path with a price per change.

    ``spoken`` marks the frames with speech; the path moves in steps of 50 ms.
    """
    steps = -(-len(features) // _STEP_FRAMES)
    likelihoods = np.empty((steps, speakers), np.float64)
    for speaker in range(speakers):
        smooth = _smoothed(_likelihood(features, labels == speaker, spoken))
        padded = np.append(smooth, np.zeros(steps * _STEP_FRAMES - len(smooth), np.float32))
        likelihoods[:, speaker] = padded.reshape(steps, _STEP_FRAMES).sum(axis=1)
    path = np.repeat(_best_path(likelihoods), _STEP_FRAMES)[: len(features)]
    return np.where(spoken, path, -1).astype(np.int16)


def _likelihood(
    features: Features, mine: npt.NDArray[np.bool_], spoken: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Log-likelihood per frame under the Gaussian of the frames ``mine``; 0 where nobody speaks."""
    voice = features[mine]
    if len(voice) < _FEWEST_FRAMES:
        return np.where(spoken, np.float32(_UNLIKELY), np.float32(0))
    covariance = np.cov(voice.T) + 1e-2 * np.eye(CEPSTRA)
    whitening = np.linalg.cholesky(np.linalg.inv(covariance)).astype(np.float32)
    spread, mean = np.linalg.slogdet(covariance)[1], voice.mean(axis=0)
    likelihood = np.zeros(len(features), np.float32)
    for first in range(0, len(features), _FRAMES_PER_BLOCK):
        block = slice(first, first + _FRAMES_PER_BLOCK)
        distances = np.square((features[block] - mean) @ whitening).sum(axis=1)
        likelihood[block] = np.where(spoken[block], -0.5 * (distances + spread), 0)
    return likelihood


def _smoothed(likelihood: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    kernel = np.hanning(_SMOOTHING_FRAMES + 2)[1:-1].astype(np.float32)
    smooth = np.convolve(likelihood, kernel / kernel.sum(), "full")
    begin = (len(kernel) - 1) // 2
    return smooth[begin : begin + len(likelihood)]


def _best_path(likelihoods: npt.NDArray[np.float64]) -> npt.NDArray[np.int16]:
    """Viterbi with one price for every change of speaker."""
    steps, speakers = likelihoods.shape
    came_from = np.empty((steps, speakers), np.int16)
    same = np.arange(speakers, dtype=np.int16)
    best = likelihoods[0].copy()
    for step in range(1, steps):
        leader = int(best.argmax())
        switched = best[leader] - _SWITCH_PENALTY
        came_from[step] = np.where(best >= switched, same, leader)
        best = np.maximum(best, switched) + likelihoods[step]
    return _walk_back(came_from, int(best.argmax()))


def _walk_back(came_from: npt.NDArray[np.int16], last: int) -> npt.NDArray[np.int16]:
    path = np.empty(len(came_from), np.int16)
    current = last
    for step in range(len(came_from) - 1, -1, -1):
        path[step] = current
        current = int(came_from[step, current])
    return path
