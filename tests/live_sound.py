"""Sound that a recorder can capture: any piece of it can be made again, so that nothing must be kept."""

from __future__ import annotations

import struct
import subprocess
import wave
from pathlib import Path
from typing import Protocol

import numpy as np

BYTES_PER_MS = 32
RATE_HZ = 16_000


class Sound(Protocol):
    """Mono s16le at 16 kHz."""

    total_bytes: int

    def read(self, offset: int, size: int) -> bytes:
        """``size`` bytes from ``offset`` on, fewer at the end."""


class GivenSound:
    """Sound that is in memory anyway."""

    def __init__(self, pcm: bytes) -> None:
        self.pcm = pcm
        self.total_bytes = len(pcm)

    def read(self, offset: int, size: int) -> bytes:
        return self.pcm[offset : offset + size]


class LongSound:
    """A stretch of sound again and again, each time with its number in the first two samples."""

    def __init__(self, pcm: bytes, total_bytes: int) -> None:
        self._pcm = pcm
        self.total_bytes = total_bytes

    def read(self, offset: int, size: int) -> bytes:
        end = min(offset + size, self.total_bytes)
        pieces = []
        while offset < end:
            number, within = divmod(offset, len(self._pcm))
            stretch = self._numbered(number)[within : within + end - offset]
            pieces.append(stretch)
            offset += len(stretch)
        return b"".join(pieces)

    def _numbered(self, number: int) -> bytes:
        stamp = struct.pack("<I", number)
        return stamp + self._pcm[len(stamp) :]


def spoken(text: str, folder: Path, voice: str = "en-us") -> bytes:
    """Let espeak-ng say ``text``; returns PCM."""
    raw = folder / "spoken.raw.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(raw), text], check=True)
    with wave.open(str(raw)) as source:
        samples = np.frombuffer(source.readframes(source.getnframes()), np.int16)
        rate = source.getframerate()
    raw.unlink()
    times = np.arange(0, len(samples), rate / RATE_HZ)
    return np.interp(times, np.arange(len(samples)), samples).astype("<i2").tobytes()


def murmur(seconds: float, seed: int = 1) -> bytes:
    """Noise and a tone in syllables of a quarter of a second with pauses between phrases; cheap to make."""
    dice = np.random.default_rng(seed)
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    syllables = np.clip(np.sin(2 * np.pi * 4 * times), 0, 1) * (np.sin(2 * np.pi * times / 7) > -0.6)
    voice = np.sin(2 * np.pi * 180 * times) + 0.4 * dice.standard_normal(len(times))
    return (4000 * syllables * voice + 40 * dice.standard_normal(len(times))).astype("<i2").tobytes()
