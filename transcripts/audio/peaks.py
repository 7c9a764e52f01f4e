"""The shape of a recording for drawing: audiowaveform's binary format, version 2, 8 bit, one channel.

Layout (little endian): int32 version 2, uint32 flags 1 (8 bit), int32 sample rate, int32 samples per pixel,
uint32 pixels, int32 channels; then int8 lowest and int8 highest sample of each pixel. Samples are divided by
256 towards zero, and a last pixel may cover fewer samples, both as audiowaveform does it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from .levels import FRAME_SAMPLES, Levels
from .pcm import SAMPLE_RATE_HZ, Pcm

HEADER = struct.Struct("<iIiiIi")
VERSION = 2
EIGHT_BIT = 1


class PeaksWriter:
    """Writes one file while levels stream by; ``pixels_per_second`` must divide 50.

    Use as a context manager; the length is filled in at the end.
    """

    def __init__(self, path: Path, pixels_per_second: int) -> None:
        self.samples_per_pixel = SAMPLE_RATE_HZ // pixels_per_second
        self._frames_per_pixel = self.samples_per_pixel // FRAME_SAMPLES
        self._file = path.open("wb")
        self._pixels = 0
        self._low: Pcm = np.zeros(0, np.int16)
        self._high: Pcm = np.zeros(0, np.int16)
        self._write_header()

    def __enter__(self) -> PeaksWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def feed(self, levels: Levels) -> None:
        self._low = np.concatenate([self._low, levels.low])
        self._high = np.concatenate([self._high, levels.high])
        self._write(len(self._low) // self._frames_per_pixel * self._frames_per_pixel)

    def finish(self) -> None:
        """Write the last pixel and the length."""
        self._write(len(self._low))
        self._file.seek(0)
        self._write_header()

    def _write(self, frames: int) -> None:
        if not frames:
            return
        starts = np.arange(0, frames, self._frames_per_pixel)
        pairs = np.stack(
            [
                np.minimum.reduceat(self._low[:frames], starts),
                np.maximum.reduceat(self._high[:frames], starts),
            ],
            axis=1,
        )
        self._file.write(_to_8_bit(pairs).tobytes())
        self._pixels += len(starts)
        self._low, self._high = self._low[frames:], self._high[frames:]

    def _write_header(self) -> None:
        header = (VERSION, EIGHT_BIT, SAMPLE_RATE_HZ, self.samples_per_pixel, self._pixels, 1)
        self._file.write(HEADER.pack(*header))


def _to_8_bit(samples: Pcm) -> npt.NDArray[np.int8]:
    return np.trunc(samples / 256).astype(np.int8)


@dataclass(frozen=True, slots=True)
class Peaks:
    """A whole peaks file: ``pairs`` holds lowest and highest value of each pixel, shape (pixels, 2),
    -128..127.
    """

    sample_rate_hz: int
    samples_per_pixel: int
    pairs: npt.NDArray[np.int8]


def read_peaks(path: Path) -> Peaks:
    """Read a file written by ``PeaksWriter``; raises ValueError for any other."""
    content = path.read_bytes()
    if len(content) < HEADER.size:
        raise ValueError("The peaks file is cut off.")
    version, flags, rate, samples_per_pixel, pixels, channels = HEADER.unpack_from(content)
    if (version, flags, channels) != (VERSION, EIGHT_BIT, 1) or len(content) != HEADER.size + 2 * pixels:
        raise ValueError("The peaks file is not version 2 with 8 bits and one channel, or it is cut off.")
    pairs = np.frombuffer(content, np.int8, offset=HEADER.size).reshape(-1, 2)
    return Peaks(rate, samples_per_pixel, pairs)
