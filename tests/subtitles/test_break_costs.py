from __future__ import annotations

import pytest

from transcripts.subtitles import break_costs as costs
from transcripts.subtitles.pieces import Piece


def pieces(text: str, gap_ms: int = 0) -> list[Piece]:
    words = text.split()
    return [
        Piece(word, index * (100 + gap_ms), index * (100 + gap_ms) + 100, index > 0)
        for index, word in enumerate(words)
    ]


def test_it_works() -> None:
    assert costs.break_costs(pieces("He came. Then, in the end he left and slept"), "en") == [
        costs.AFTER_LEANING_WORD,
        costs.SENTENCE_END,
        costs.AFTER_CLAUSE,
        costs.AFTER_LEANING_WORD,
        costs.AFTER_LEANING_WORD,
        costs.ANYWHERE,
        costs.AFTER_LEANING_WORD,
        costs.BEFORE_CONJUNCTION,
        costs.ANYWHERE,
        0,
    ]


def test_other_languages_have_other_words() -> None:
    assert costs.break_costs(pieces("Hund und Katze"), "de-AT")[0] == costs.BEFORE_CONJUNCTION
    assert costs.break_costs(pieces("Hund und Katze"), None)[0] == costs.ANYWHERE


def test_a_pause_makes_a_break_better() -> None:
    assert costs.break_costs(pieces("one two", gap_ms=800), "en")[0] == costs.ANYWHERE - 8
    assert costs.break_costs(pieces("one two", gap_ms=9000), "en")[0] == 0


def test_nothing_is_broken_inside_a_word_if_it_can_be_helped() -> None:
    assert (
        costs.break_cost(Piece("Donau", 0, 9, True), Piece("dampf", 9, 20, False), "de") == costs.INSIDE_WORD
    )
    assert costs.break_cost(Piece("漢", 0, 9, True), Piece("字", 9, 20, False), "zh") == costs.ANYWHERE


@pytest.mark.parametrize("text", ["end.", "end.”", "end?!", "終。", "end.)"])
def test_ends_of_sentences(text: str) -> None:
    assert costs.ends_sentence(text)
    assert not costs.ends_clause(text)
