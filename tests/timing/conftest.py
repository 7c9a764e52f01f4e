"""Speech to align: spoken by espeak-ng, and the real recordings where they are at hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from transcripts.timing.acoustic import AcousticAligner

SENTENCE = "we have about twelve people on it and alice will join us in london next friday"


def decode_16k(path: Path) -> NDArray[np.int16]:
    resampler = av.AudioResampler("s16", "mono", 16_000)
    blocks: list[NDArray[np.int16]] = []
    with av.open(str(path)) as container:
        for frame in [*container.decode(audio=0), None]:
            blocks += [block.to_ndarray()[0] for block in resampler.resample(frame)]
    return np.concatenate(blocks)


def say(text: str, folder: Path) -> NDArray[np.int16]:
    path = folder / "said.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), text], check=True, timeout=30)
    return decode_16k(path)


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int16]:
    """``SENTENCE`` as 16 kHz sound."""
    return say(SENTENCE, tmp_path_factory.mktemp("speech"))


@pytest.fixture(scope="session")
def aligner() -> Iterator[AcousticAligner]:
    with AcousticAligner() as aligner:
        yield aligner
