from __future__ import annotations

from hypothesis import given

from tests.timing.strategies import moments, texts, wild_words
from transcripts.timing.fit import fit_words
from transcripts.timing.tokens import join_tokens, normalise_text
from transcripts.timing.words import Word, check


def test_it_works() -> None:
    words = [Word(0, 400, " hello"), Word(400, 900, "world")]
    assert fit_words(words, "Hello, world.", 0, 1000) == [Word(0, 400, "Hello,"), Word(400, 900, "world.")]


def test_another_text_is_refused() -> None:
    assert fit_words([Word(0, 400, "hello")], "Something else entirely", 0, 1000) is None
    assert fit_words([], "text", 0, 1000) is None


def test_subwords_become_words() -> None:
    words = [Word(0, 100, "trans"), Word(100, 300, "cript"), Word(300, 350, "."), Word(400, 500, "co-op")]
    assert fit_words(words, "Transcript. Co op", 0, 1000) == [
        Word(0, 300, "Transcript."), Word(400, 450, "Co"), Word(450, 500, "op"),
    ]  # fmt: skip


def test_ideographs_said_in_groups_get_a_moment_each() -> None:
    assert fit_words([Word(0, 400, "你好"), Word(500, 900, "世界")], "你好，世界。", 0, 1000) == [
        Word(0, 200, "你"), Word(200, 400, "好，"), Word(500, 700, "世"), Word(700, 900, "界。"),
    ]  # fmt: skip


def test_a_token_of_mere_punctuation_has_a_place() -> None:
    assert fit_words([Word(0, 400, "one"), Word(500, 900, "two")], "– one – two", 0, 1000) == [
        Word(0, 0, "–"), Word(0, 400, "one"), Word(400, 400, "–"), Word(500, 900, "two"),
    ]  # fmt: skip


def test_nothing_said_has_no_words() -> None:
    assert fit_words([Word(0, 1, "x")], "", 0, 10) == []


@given(wild_words, texts, moments, moments)
def test_what_fits_is_exactly_the_text(words: list[Word], text: str, start_ms: int, end_ms: int) -> None:
    start_ms, end_ms = max(start_ms, 0), max(end_ms, start_ms, 0)
    fitted = fit_words(words, text, start_ms, end_ms)
    if fitted is not None:
        check(fitted, start_ms, end_ms)
        assert join_tokens(word.text for word in fitted) == normalise_text(text)
