from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.spoken_form import cardinal, spoken_words


def test_it_works() -> None:
    assert spoken_words("Don’t,") == ["don't"]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("cold-hearted", "cold hearted"),
        ("café", "cafe"),
        ("12", "twelve"),
        ("1,250", "one thousand two hundred fifty"),
        ("1984", "nineteen eighty four"),
        ("1900", "nineteen hundred"),
        ("1905", "nineteen oh five"),
        ("2006", "two thousand six"),
        ("2024", "twenty twenty four"),
        ("3.14", "three point one four"),
        ("007", "zero zero seven"),
        ("$5.50", "five point five zero dollars"),
        ("50%", "fifty percent"),
        ("21st", "twenty first"),
        ("30th", "thirtieth"),
        ("AT&T", "at and t"),
        ("10:30", "ten thirty"),
        ("Mr.", "mister"),
        ("…", ""),
        ("漢字", ""),
        ("''", ""),
    ],
)
def test_numbers_signs_and_abbreviations(token: str, words: str) -> None:
    assert spoken_words(token) == words.split()


def test_a_long_number_is_read_digit_by_digit() -> None:
    assert spoken_words("9" * 13) == ["nine"] * 13
    assert cardinal(10**12 - 1)[:3] == ["nine", "hundred", "ninety"]


@given(st.text(max_size=20))
def test_whatever_is_said_is_made_of_plain_words(token: str) -> None:
    assert all(re.fullmatch(r"[a-z']*[a-z][a-z']*", word) for word in spoken_words(token))
