"""Write samples as FLAC: exact, small enough, and ten times cheaper to make than any lossy format."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from .pcm import SAMPLE_RATE_HZ, Pcm

FRAME_SAMPLES = 4608
"""The largest block of FLAC's streamable subset; FFmpeg's default for speech costs 2.5 times the CPU."""

ENCODER_OPTIONS = {"compression_level": "1", "frame_size": str(FRAME_SAMPLES)}
TIME_BASE = Fraction(1, SAMPLE_RATE_HZ)


class FlacWriter:
    """One 16 kHz mono file. Raises OSError (disk full) from ``write`` or ``close``."""

    def __init__(self, path: Path) -> None:
        # FFmpeg would swallow an error of the last flush; a Python file does not.
        self._file = path.open("wb")
        self._container = av.open(self._file, "w", format="flac", container_options={"fflags": "+bitexact"})
        self._stream: AudioStream = self._container.add_stream(
            "flac", rate=SAMPLE_RATE_HZ, options=ENCODER_OPTIONS, layout="mono"
        )
        self._samples = 0

    def write(self, pcm: Pcm) -> None:
        if not len(pcm):
            return
        frame = AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = SAMPLE_RATE_HZ, TIME_BASE, self._samples
        self._samples += len(pcm)
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()
        self._file.close()
