from __future__ import annotations

import numpy as np
from hypothesis import given
from numpy.typing import NDArray

from tests.timing.conftest import SENTENCE
from tests.timing.strategies import moments, texts, wild_words
from transcripts.timing.acoustic import AcousticAligner
from transcripts.timing.tokens import join_tokens, normalise_text
from transcripts.timing.word_times import time_words
from transcripts.timing.words import Word, check


def test_it_works(aligner: AcousticAligner, spoken: NDArray[np.int16]) -> None:
    end_ms = 5000 + len(spoken) // 16
    text = SENTENCE.capitalize() + "."
    words, method = time_words(text, 5000, end_ms, pcm=spoken, language="en", aligner=aligner)
    assert method == "acoustic"
    assert join_tokens(word.text for word in words) == text
    check(words, 5000, end_ms)


def test_the_service_knows_best() -> None:
    words, method = time_words(
        "Hello, world", 0, 900, api_words=[Word(10, 400, "hello"), Word(410, 800, "world")]
    )
    assert (words, method) == ([Word(10, 400, "Hello,"), Word(410, 800, "world")], "api")


def test_words_of_another_text_are_not_believed() -> None:
    words, method = time_words("Hello", 0, 900, api_words=[Word(10, 400, "other")])
    assert (words, method) == ([Word(0, 900, "Hello")], "interpolated")


def test_what_cannot_be_aligned_is_interpolated(aligner: AcousticAligner) -> None:
    silence = np.zeros(16_000, np.int16)
    words, method = time_words("Hello there", 0, 1000, pcm=silence, aligner=aligner, pauses=[(400, 700)])
    assert (words, method) == ([Word(0, 400, "Hello"), Word(700, 1000, "there")], "interpolated")


def test_an_empty_segment_has_no_words() -> None:
    assert time_words(" ", 0, 0) == ([], "interpolated")


@given(texts, moments, moments, wild_words)
def test_any_segment_gets_exactly_its_text(text: str, start_ms: int, end_ms: int, words: list[Word]) -> None:
    timed, _ = time_words(text, start_ms, end_ms, api_words=words)
    check(timed, max(start_ms, 0), max(start_ms, end_ms, 0))
    assert join_tokens(word.text for word in timed) == normalise_text(text)
