from __future__ import annotations

import pytest
from hypothesis import given

from tests.timing.strategies import texts
from transcripts.timing.tokens import comparison_key, join_tokens, normalise_text, spoken_weight, tokenise


def test_it_works() -> None:
    tokens = tokenise("  Hello,\tbig \r\n world. ")
    assert tokens == ["Hello,", "big", "world."]
    assert join_tokens(tokens) == "Hello, big world."


def test_control_characters_and_line_ends_do_not_get_through() -> None:
    assert normalise_text("a\x00b\rc\u2028d\u2029e\x85f\ufeff\ud800") == "ab c d e f\ufffd"


def test_a_no_break_space_keeps_word_and_mark_together() -> None:
    assert tokenise("Ça va\u00a0?") == ["Ça", "va\u00a0?"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("你好，世界。", ["你", "好，", "世", "界。"]),
        ("我用Python写", ["我", "用", "Python", "写"]),
        ("我用 Python 写", ["我", "用", " Python", " 写"]),
        ("「あっ」と言う", ["「あっ」", "と", "言", "う"]),
        ("葛󠄀城", ["葛󠄀", "城"]),
        ("นี้ดี", ["นี้", "ดี"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("👩‍👩‍👧 שלום", ["👩‍👩‍👧", "שלום"]),
    ],
)
def test_scripts_without_spaces(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens
    assert join_tokens(tokens) == text


def test_nothing_gives_nothing() -> None:
    assert tokenise(" \n\x00") == []
    assert join_tokens([]) == ""


@given(texts)
def test_every_text_comes_back_exactly(text: str) -> None:
    normal = normalise_text(text)
    tokens = tokenise(text)
    assert join_tokens(tokens) == normal == normalise_text(normal)
    assert all(token.strip(" ") for token in tokens)


@given(texts)
def test_text_with_spaces_is_split_at_them(text: str) -> None:
    latin = normalise_text("".join(char for char in text if ord(char) < 0x0E00))
    assert " ".join(tokenise(latin)) == latin


def test_the_same_word_has_the_same_key() -> None:
    assert comparison_key("Don’t,") == comparison_key("don't") == "dont"
    assert comparison_key("–") == "–"
    assert comparison_key(" 用") == "用"


def test_digits_and_ideographs_take_longer_to_say() -> None:
    assert [spoken_weight(token) for token in ("a", "...", "12", "漢字", "don't")] == [1, 1, 6, 4, 4]


def test_vowel_points_make_no_other_word_and_take_no_time() -> None:
    assert comparison_key("שָׁלוֹם") == comparison_key("שלום")
    assert comparison_key("مَرْحَبًا") == comparison_key("مرحبا")
    assert spoken_weight("שָׁלוֹם") == 4


def test_a_picture_is_another_word_than_another_picture() -> None:
    assert comparison_key("❤️") != comparison_key("✈️")
    assert comparison_key("葛󠄀") == comparison_key("葛")


def test_case_is_folded_character_by_character() -> None:
    assert comparison_key("ΣΑΣ") == comparison_key("σας")
    assert comparison_key("STRASSE") == comparison_key("Straße")
    assert comparison_key("ﬁrst") == "first"
