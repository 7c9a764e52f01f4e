from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.timing.strategies import moments, plain_texts, texts, wild_words
from transcripts.timing.interpolate import interpolate
from transcripts.timing.realign import realign
from transcripts.timing.tokens import join_tokens, normalise_text, tokenise
from transcripts.timing.words import Word, check

CASES = json.loads((Path(__file__).parent / "vectors" / "realign.json").read_text("utf-8"))["cases"]


def test_it_works() -> None:
    words = [Word(0, 400, "helo"), Word(400, 900, "world")]
    assert realign(words, "Hello world!", 0, 900) == [Word(0, 400, "Hello"), Word(400, 900, "world!")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_vectors_shared_with_the_editor(case: dict[str, Any]) -> None:
    words = [Word(*word) for word in case["words"]]
    assert realign(words, case["text"], case["start_ms"], case["end_ms"]) == [
        Word(*word) for word in case["expected"]
    ]


@given(wild_words, texts, moments, moments)
def test_any_edit_gives_exactly_the_new_text_in_order(
    words: list[Word], text: str, start_ms: int, end_ms: int
) -> None:
    start_ms, end_ms = max(start_ms, 0), max(end_ms, start_ms, 0)
    timed = realign(words, text, start_ms, end_ms)
    check(timed, start_ms, end_ms)
    assert join_tokens(word.text for word in timed) == normalise_text(text)


@given(plain_texts, plain_texts, plain_texts)
def test_words_around_an_edit_keep_their_exact_times(before: str, after: str, edit: str) -> None:
    words = interpolate(tokenise(f"{before} middle {after}"), 0, 10_000)
    timed = realign(words, f"{before} {edit} {after}", 0, 10_000)
    head, tail = len(tokenise(before)), len(tokenise(after))
    assert timed[:head] == words[:head]
    assert timed[len(timed) - tail :] == words[len(words) - tail :]
