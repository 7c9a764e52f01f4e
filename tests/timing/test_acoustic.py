from __future__ import annotations

import json
import os
import signal
import statistics
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.timing.conftest import SENTENCE, decode_16k
from transcripts.timing.acoustic import LONGEST_SECONDS, AcousticAligner, is_english_or_unknown


def test_it_works(aligner: AcousticAligner, spoken: NDArray[np.int16]) -> None:
    spans = aligner.align(SENTENCE.split(), spoken, "en")
    assert spans is not None
    assert len(spans) == len(SENTENCE.split())
    assert None not in spans


def test_it_does_not_even_start_for_other_languages_or_endless_sound() -> None:
    with AcousticAligner() as idle:
        assert idle.align(["bonjour"], np.zeros(16_000, np.int16), "fr") is None
        assert idle.align(["hello"], np.zeros(0, np.int16), "en") is None
        assert idle.align([], np.zeros(16_000, np.int16), "en") is None
        assert idle.align(["hello"], np.zeros((LONGEST_SECONDS + 1) * 16_000, np.int16), "en") is None
        assert idle.child_pid is None


def test_silence_gives_no_times(aligner: AcousticAligner) -> None:
    assert aligner.align(SENTENCE.split(), np.zeros(32_000, np.int16), "en") is None


def test_a_killed_child_is_replaced(aligner: AcousticAligner, spoken: NDArray[np.int16]) -> None:
    aligner.align(["warm", "up"], spoken, "en")
    lost = aligner.child_pid
    assert lost is not None
    os.kill(lost, signal.SIGKILL)
    assert aligner.align(SENTENCE.split(), spoken, "en") is not None
    assert aligner.child_pid != lost


def test_a_stopped_child_is_given_up(spoken: NDArray[np.int16]) -> None:
    with AcousticAligner(start_timeout_seconds=0.001) as hurried:
        assert hurried.align(SENTENCE.split(), spoken, "en") is None
        assert hurried.child_pid is None


def test_close_ends_the_child(spoken: NDArray[np.int16]) -> None:
    with AcousticAligner() as short_lived:
        short_lived.align(SENTENCE.split(), spoken, "en")
        pid = short_lived.child_pid
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(
    ("language", "yes"),
    [("en", True), ("en-GB", True), ("EN_us", True), (None, True), ("", True), ("fr", False)],
)
def test_languages(language: str | None, yes: bool) -> None:
    assert is_english_or_unknown(language) is yes


def test_read_prose_is_aligned_within_a_frame_or_two(aligner: AcousticAligner, samples: Path) -> None:
    reference = json.loads((samples / "austen_a_wav.words.json").read_text())
    spans = aligner.align([word for word, *_ in reference], decode_16k(samples / "austen_a.wav"), "en")
    assert spans is not None
    errors = [
        abs(span[0] - start * 1000) for span, (_, start, _) in zip(spans, reference, strict=True) if span
    ]
    assert len(errors) == len(reference)
    assert statistics.median(errors) <= 30
