from __future__ import annotations

import unicodedata

from transcripts.timing.characters import folded, is_clinging, weight_of, without_silent

LIVING = [
    *range(0x0530),
    *range(0x0900, 0x0D00),
    *range(0x0E00, 0x0F00),
    *range(0x1E00, 0x1F00),
    *range(0x3040, 0xA000),
]


def test_it_works() -> None:
    assert without_silent("«Don’t!» ") == "Dont"
    assert folded("ÉΣ") == "éσ"
    assert is_clinging("\u0301")
    assert [weight_of(char) for char in "a7漢,\u0301"] == [1, 3, 2, 0, 0]


def test_letters_and_digits_of_living_scripts_are_never_silent() -> None:
    for char in map(chr, LIVING):
        if char.isalpha() or char.isdecimal():
            assert without_silent(char) == char, hex(ord(char))
            assert weight_of(char) > 0


def test_punctuation_symbols_and_spaces_of_living_scripts_are_silent() -> None:
    for char in map(chr, LIVING):
        if unicodedata.category(char)[0] in "PSZ":
            assert without_silent(char) == "", hex(ord(char))


def test_folding_is_done_once() -> None:
    for char in map(chr, LIVING):
        assert folded(folded(char)) == folded(char)
