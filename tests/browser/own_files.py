"""Files to bring along: spoken ones, with sound and with a picture, and large ones that are only noise."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.browser.spoken import Manner, film, speak

NOISE_BYTES = 40_000_000
PLAIN = Manner(("en-us+m1", "en-us+f5"), pace=135, pause_ms=1500)
"""The engine recognises from pause to pause, so the text arrives line by line."""
CONVERSATION = (
    (0, "The weather is good today. We are going to the market in the morning."),
    (1, "And what did you see when you came down to the river?"),
    (0, "There was a small house near the water, and the door was open."),
    (1, "Did your family live there for a long time?"),
    (0, "We lived there for ten years. My father was a teacher and my mother had a garden."),
    (1, "Thank you very much. I think that is a very good story."),
)
"""Words that the engine understands from a voice that is none, at least some of them."""


class Spoken(NamedTuple):
    sound: Path
    film: Path


def say(folder: Path) -> Spoken:
    """Make the two files: half a minute of sound, and a film of ten seconds."""
    filmed = folder / "filmed"
    filmed.mkdir()
    sound, _ = speak(folder, CONVERSATION, PLAIN)
    short, _ = speak(filmed, CONVERSATION[:2], PLAIN)
    film(short, folder / "Down to the river.mp4")
    return Spoken(sound.rename(folder / "Interview with Amara.wav"), folder / "Down to the river.mp4")


def noise(path: Path) -> Path:
    """Write 40 MB that no compression makes smaller, yet only 13 seconds to listen to; never the same."""
    with wave.open(str(path), "wb") as out:
        out.setparams((8, 2, 192_000, 0, "NONE", "not compressed"))
        out.writeframes(np.random.default_rng().bytes(NOISE_BYTES))
    return path
