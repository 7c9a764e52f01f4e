"""The one form in which sound is analysed and recognised: 16 kHz, mono, signed 16 bit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .converter import PcmConverter, PcmFormat
from .opening import open_media
from .probe import audio_stream

SAMPLE_RATE_HZ = 16_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
BLOCK_SAMPLES = 4 * SAMPLE_RATE_HZ
"""Four seconds: large enough that Python's share of the work vanishes, small enough for 50 MB of memory."""

RECOGNITION = PcmFormat(SAMPLE_RATE_HZ, "mono")

Pcm = npt.NDArray[np.int16]
"""Samples, shape (n,)."""


def samples_to_ms(samples: int) -> int:
    """Media time of a sample position, to the nearest millisecond."""
    return (samples + SAMPLES_PER_MS // 2) // SAMPLES_PER_MS


def stream_pcm(path: Path) -> Iterator[Pcm]:
    """Yield the samples of one of our own files (such as a chunk) in blocks of at most four seconds.

    Raises the errors of ``open_media``, and of FFmpeg where the file is damaged: uploads go through
    ``ingest``.
    """
    with open_media(path) as container:
        converter = PcmConverter(RECOGNITION, BLOCK_SAMPLES)
        for frame in container.decode(audio_stream(container)):
            yield from converter.push(frame)
        yield from converter.finish()


def read_pcm(path: Path) -> Pcm:
    """Return all samples of one of our own files; 32 kB of memory per second."""
    blocks = list(stream_pcm(path))
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
