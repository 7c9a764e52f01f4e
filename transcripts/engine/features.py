"""What a voice sounds like: mel-frequency cepstra, 100 frames a second, in bounded memory.

25 ms Hamming windows every 10 ms, pre-emphasis 0.97, 30 mel bands from 80 to 7600 Hz, cepstra 1 to 19.
The zeroth (loudness) is left out and no mean is taken away: both would wash out who speaks.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from transcripts.engine.pcm import SAMPLE_RATE_HZ, Pcm

FRAMES_PER_SECOND = 100
CEPSTRA = 19
HOP_SAMPLES = SAMPLE_RATE_HZ // FRAMES_PER_SECOND
WINDOW_SAMPLES = 400
_FFT = 512
_BANDS = 30
_LOWEST_HZ, _HIGHEST_HZ = 80, 7600
_PRE_EMPHASIS = np.float32(0.97)
_FRAMES_PER_BLOCK = 6000

Features = npt.NDArray[np.float32]
"""Shape (frames, 19)."""


def frame_count(samples: int) -> int:
    """How many feature frames so much sound has; 0 when it is shorter than one window."""
    return 0 if samples < WINDOW_SAMPLES else 1 + (samples - WINDOW_SAMPLES) // HOP_SAMPLES


def cepstra(pcm: Pcm) -> Features:
    """Features of the whole sound, shape (frame_count(len(pcm)), 19)."""
    count = frame_count(len(pcm))
    features = np.empty((count, CEPSTRA), np.float32)
    for first in range(0, count, _FRAMES_PER_BLOCK):
        last = min(count, first + _FRAMES_PER_BLOCK)
        features[first:last] = _block(pcm, first, last)
    return features


def _block(pcm: Pcm, first: int, last: int) -> Features:
    # One sample more on the left, so that pre-emphasis does not restart at every block.
    begin, end = first * HOP_SAMPLES, (last - 1) * HOP_SAMPLES + WINDOW_SAMPLES
    sound = pcm[max(0, begin - 1) : end].astype(np.float32) / 32768
    before = sound[:-1] if begin else np.concatenate([[np.float32(0)], sound[:-1]])
    emphasised = (sound[1:] if begin else sound) - _PRE_EMPHASIS * before
    windows = np.lib.stride_tricks.sliding_window_view(emphasised, WINDOW_SAMPLES)[::HOP_SAMPLES]
    power = np.abs(np.fft.rfft(windows * _window(), _FFT)) ** 2
    features: Features = (
        np.log(power.astype(np.float32) @ _mel_bands() + np.float32(1e-8)) @ _cosines()
    ).astype(np.float32)
    return features


@cache
def _window() -> npt.NDArray[np.float32]:
    return np.hamming(WINDOW_SAMPLES).astype(np.float32)


@cache
def _mel_bands() -> npt.NDArray[np.float32]:
    """Triangular filters, shape (257, 30)."""
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _BANDS + 2)
    hertz = 700 * (10 ** (mels / 2595) - 1)
    bins = np.floor((_FFT + 1) * hertz / SAMPLE_RATE_HZ).astype(int)
    bands = np.zeros((_BANDS, _FFT // 2 + 1), np.float32)
    for band in range(_BANDS):
        low, middle, high = (int(edge) for edge in bins[band : band + 3])
        bands[band, low : middle + 1] = np.linspace(0, 1, middle - low + 1)
        bands[band, middle : high + 1] = np.linspace(1, 0, high - middle + 1)
    return np.ascontiguousarray(bands.T)


@cache
def _cosines() -> npt.NDArray[np.float32]:
    """The cosine transform without its first row, shape (30, 19)."""
    order, band = np.arange(1, CEPSTRA + 1)[:, None], np.arange(_BANDS)[None]
    matrix = np.sqrt(2 / _BANDS) * np.cos(np.pi * order * (2 * band + 1) / (2 * _BANDS))
    return np.ascontiguousarray(matrix.T.astype(np.float32))


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))
