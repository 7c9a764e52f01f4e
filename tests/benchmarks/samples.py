"""The folder of real recordings that measurements use: VOXWEB_SAMPLES, or ``../shared/samples``."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.stack import ROOT
from transcripts.audio.pcm import SAMPLE_RATE_HZ, Pcm, read_pcm

NOTHING_MEASURED = "There is no folder of recordings at {}; set VOXWEB_SAMPLES. Nothing was measured."
LONGEST_WORD_SECONDS = 0.6


class SpokenWord(NamedTuple):
    """A word that somebody said, and when, in seconds."""

    text: str
    start: float
    end: float


def samples_folder() -> Path:
    return Path(os.environ.get("VOXWEB_SAMPLES", ROOT.parent / "shared" / "samples"))


def plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'").replace("-", " "))


def reference_words(path: Path) -> list[SpokenWord]:
    """What is known of a recording, word by word; empty where nothing is."""
    known = path.parent / f"{path.name.replace('.', '_')}.words.json"
    rows = json.loads(known.read_text()) if known.exists() else []
    starts = [row[1] for row in rows[1:]] + [float("inf")]
    return [
        SpokenWord(plain_words(row[0])[0], row[1], _end_of(row, next_start))
        for row, next_start in zip(rows, starts, strict=False)
        if plain_words(row[0])
    ]


def _end_of(row: list[Any], next_start: float) -> float:
    """Some references tell a word's start only."""
    known = isinstance(row[2], float | int)
    return float(row[2]) if known else min(next_start, row[1] + LONGEST_WORD_SECONDS)


def joined(
    paths: list[Path], most_seconds: float, pause_seconds: float = 1.5
) -> tuple[Pcm, list[SpokenWord]]:
    """Recordings one after the other, at most so much of each, with the reference words of the whole."""
    sound: list[Pcm] = []
    words: list[SpokenWord] = []
    start = 0.0
    for path in paths:
        pcm = read_pcm(path)[: int(most_seconds * SAMPLE_RATE_HZ)]
        seconds = len(pcm) / SAMPLE_RATE_HZ
        known = reference_words(path)
        words += [
            SpokenWord(word.text, start + word.start, start + word.end)
            for word in known
            if word.end <= seconds
        ]
        sound += [pcm, np.zeros(int(pause_seconds * SAMPLE_RATE_HZ), np.int16)]
        start += seconds + pause_seconds
    return np.concatenate(sound), words
