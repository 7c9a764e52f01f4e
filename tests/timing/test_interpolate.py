from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.timing.strategies import moments, texts
from transcripts.timing.interpolate import interpolate, voiced_spans
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import Span, Word, check

pauses = st.lists(st.tuples(moments, moments), max_size=6)


def test_it_works() -> None:
    words = interpolate(["aa", "aaaa", "aa."], 0, 1000, [(500, 800)])
    assert words == [Word(0, 166, "aa"), Word(166, 500, "aaaa"), Word(800, 1000, "aa.")]


def test_length_alone_decides_without_pauses() -> None:
    assert interpolate(["a", "aaa"], 100, 500) == [Word(100, 200, "a"), Word(200, 500, "aaa")]


def test_a_pause_prefers_the_end_of_a_sentence() -> None:
    words = interpolate(["one.", "more", "here"], 0, 2000, [(900, 1100)])
    assert words[0].end_ms <= 900
    assert words[1].start_ms >= 1100


def test_more_pauses_than_words_and_a_silent_segment() -> None:
    check(interpolate(["word"], 0, 1000, [(100, 300), (400, 600), (700, 900)]), 0, 1000)
    assert interpolate(["word"], 0, 1000, [(0, 1000)]) == [Word(0, 1000, "word")]
    assert interpolate([], 0, 1000, [(200, 400)]) == []
    assert interpolate(["word"], 700, 300) == [Word(700, 700, "word")]


def test_short_silences_and_silences_elsewhere_do_not_matter() -> None:
    assert voiced_spans(1000, 2000, [(1100, 1200), (0, 900), (2000, 3000)]) == [(1000, 2000)]
    assert voiced_spans(1000, 2000, [(1900, 2500), (500, 1300), (1200, 1400)]) == [(1400, 1900)]


@given(texts, moments, moments, pauses)
def test_any_text_in_any_segment(text: str, start_ms: int, end_ms: int, pauses: list[Span]) -> None:
    start_ms, end_ms = max(0, start_ms), max(0, end_ms, start_ms)
    words = interpolate(tokenise(text), start_ms, end_ms, pauses)
    check(words, start_ms, end_ms)
    assert [word.text for word in words] == tokenise(text)
