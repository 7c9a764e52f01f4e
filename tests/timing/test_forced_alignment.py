from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.timing.conftest import SENTENCE
from transcripts.timing.forced_alignment import ForcedAligner


@pytest.fixture(scope="module")
def forced() -> Iterator[ForcedAligner]:
    yield ForcedAligner()


def test_it_works(forced: ForcedAligner, spoken: NDArray[np.int16]) -> None:
    spans = forced.align(spoken.tobytes(), SENTENCE.split(), "en")
    assert spans is not None
    known = [span for span in spans if span]
    assert len(known) == len(SENTENCE.split())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(known))
    assert known[-1][1] <= len(spoken) / 16


def test_sound_without_those_words_is_refused(forced: ForcedAligner) -> None:
    noise = np.random.default_rng(1).normal(0, 400, 48_000).astype(np.int16)
    assert forced.align(noise.tobytes(), SENTENCE.split(), "en") is None


def test_nothing_to_say_is_refused(forced: ForcedAligner, spoken: NDArray[np.int16]) -> None:
    assert forced.align(spoken.tobytes(), ["…", "漢字"], "en") is None
    assert forced.align(b"", ["hello"], "en") is None


def test_an_unknown_language_is_tried_only_with_english_words(
    forced: ForcedAligner, spoken: NDArray[np.int16]
) -> None:
    assert forced.align(spoken.tobytes(), SENTENCE.split(), None) is not None
    assert forced.align(spoken.tobytes(), ["qux", "zorblat", "wuggle", "frimp", "on", "it"], None) is None


def test_a_word_that_was_not_said_does_not_move_the_others(
    forced: ForcedAligner, spoken: NDArray[np.int16]
) -> None:
    tokens = SENTENCE.replace("about", "banana").split()
    plain = forced.align(spoken.tobytes(), SENTENCE.split(), "en")
    spans = forced.align(spoken.tobytes(), tokens, "en")
    assert plain is not None and spans is not None
    assert spans[-1] is not None and plain[-1] is not None
    assert abs(spans[-1][0] - plain[-1][0]) <= 50


def test_numbers_and_unknown_words_are_aligned(forced: ForcedAligner, spoken: NDArray[np.int16]) -> None:
    tokens = SENTENCE.replace("twelve", "12").replace("alice", "Alyss").split()
    spans = forced.align(spoken.tobytes(), [*tokens[:-1], "Friday."], "en")
    assert spans is not None
    assert spans[tokens.index("12")] is not None
