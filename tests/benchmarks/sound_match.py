"""Whether recorded sound is the played sound, each sample at its time, although it was resampled.

Blocks of half a second of the played sound are looked for in the recorded one. Where a single stretch is
missing or too much, all blocks behind it lie elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from transcripts.audio.pcm import SAMPLE_RATE_HZ, Pcm

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 2
REACH_SAMPLES = SAMPLE_RATE_HZ // 4
QUIETEST_LEVEL = 300.0
"""Root mean square below which a block is a pause, in which there is nothing to find."""

SAME_PLACE_SAMPLES = 4
"""Resampling moves sound by fractions, soft blocks have a blunt peak, and browsers lose 128 or more."""

Samples = npt.NDArray[np.float64]


class Block(NamedTuple):
    """``shift`` is where it was found, in samples after where it was played; ``likeness`` from -1 to 1."""

    start: int
    shift: int
    likeness: float


class Jump(NamedTuple):
    """From the block at ``second`` on, so many samples are too much, or missing where negative."""

    second: float
    samples: int


@dataclass(frozen=True)
class Match:
    """Blocks with speech in the order in which they were played."""

    blocks: Sequence[Block]

    @property
    def jumps(self) -> list[Jump]:
        """Places before which sound is missing or too much."""
        found, here = list[Jump](), self.blocks[0].shift if self.blocks else 0
        for block in self.blocks:
            if abs(block.shift - here) > SAME_PLACE_SAMPLES:
                found.append(Jump(block.start / SAMPLE_RATE_HZ, block.shift - here))
                here = block.shift
        return found

    @property
    def drift_samples(self) -> int:
        """Between the block found earliest and the one found latest."""
        shifts = [block.shift for block in self.blocks]
        return max(shifts) - min(shifts)

    def __str__(self) -> str:
        likeness = sorted(block.likeness for block in self.blocks)
        middle = likeness[len(likeness) // 2]
        jumps = ", ".join(f"{jump.samples:+d} samples before {jump.second:.1f} s" for jump in self.jumps)
        return (
            f"{len(self.blocks)} blocks of speech: likeness median {middle:.4f}, least {likeness[0]:.4f}; "
            f"drift {self.drift_samples} samples; {jumps or 'nothing missing, nothing inserted'}"
        )


def matched(played: Pcm, recorded: Pcm) -> Match:
    """Both mono at 16 kHz. Blocks that reach beyond an end of the recorded sound are left out."""
    source, target = played.astype(np.float64), recorded.astype(np.float64)
    near = whole_shift(source, target)
    blocks = []
    for start in range(0, len(source) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        block = source[start : start + BLOCK_SAMPLES]
        here = start + near
        if level(block) < QUIETEST_LEVEL or not 0 <= here <= len(target) - BLOCK_SAMPLES:
            continue
        first = max(0, here - REACH_SAMPLES)
        place, likeness = best_place(block, target[first : here + BLOCK_SAMPLES + REACH_SAMPLES])
        near = first + place - start
        blocks.append(Block(start, near, likeness))
    return Match(blocks)


def level(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def whole_shift(source: Samples, target: Samples) -> int:
    """Where the source lies in the target as a whole."""
    size = 1 << (len(source) + len(target)).bit_length()
    product = np.fft.irfft(np.fft.rfft(target, size) * np.conj(np.fft.rfft(source, size)), size)
    place = int(np.argmax(product))
    return place - size if place > size // 2 else place


def best_place(block: Samples, window: Samples) -> tuple[int, float]:
    """Offset in the window and normalised correlation there."""
    size = 1 << (len(block) + len(window)).bit_length()
    product = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(block, size)), size)
    places = len(window) - len(block) + 1
    energy = np.concatenate(([0.0], np.cumsum(window**2)))
    there = np.sqrt(energy[len(block) : len(block) + places] - energy[:places])
    likeness = product[:places] / np.maximum(there * np.sqrt(np.sum(block**2)), 1.0)
    place = int(np.argmax(likeness))
    return place, float(likeness[place])


def without(recorded: Pcm, at: int, samples: int) -> Pcm:
    """A copy in which some sound is missing."""
    return np.concatenate((recorded[:at], recorded[at + samples :]))


def detects(played: Pcm, recorded: Pcm, samples: int) -> bool:
    """Whether a further loss of so many samples in the middle would be found where it is."""
    at = len(recorded) // 2
    before = {block.start: block.start + block.shift for block in matched(played, recorded).blocks}
    for start, shift, _ in matched(played, without(recorded, at, samples)).blocks:
        place = before.get(start, start + shift)
        is_cut = at - BLOCK_SAMPLES < place < at + samples
        lost = place - (start + shift)
        if not is_cut and abs(lost - (samples if place >= at else 0)) > SAME_PLACE_SAMPLES:
            return False
    return True
