from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing.strategies import texts
from transcripts.subtitles.line_breaks import break_lines, lines_needed
from transcripts.subtitles.pieces import Piece, pieces_of
from transcripts.timing.interpolate import interpolate
from transcripts.timing.tokens import tokenise


def pieces(text: str, max_chars: int = 42) -> list[Piece]:
    return list(pieces_of(interpolate(tokenise(text), 0, 5000), max_chars))


def test_it_works() -> None:
    assert break_lines(pieces("The harbour was quiet that morning, and nobody expected it."), 42, "en") == (
        "The harbour was quiet that morning,",
        "and nobody expected it.",
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One line that fits is left alone", ("One line that fits is left alone",)),
        (
            "It happened because the old bridge could not carry us",
            ("It happened because the old", "bridge could not carry us"),
        ),
        ("x" * 42 + " " + "y" * 42, ("x" * 42, "y" * 42)),
    ],
)
def test_breaks(text: str, lines: tuple[str, ...]) -> None:
    assert break_lines(pieces(text), 42, "en") == lines


def test_more_lines_where_they_are_needed() -> None:
    lines = break_lines(pieces("one two three four five six seven"), 12, "en")
    assert " ".join(lines) == "one two three four five six seven"
    assert len(lines) == 4


@given(texts, st.integers(1, 30))
def test_as_few_lines_as_possible_none_too_long_and_all_the_text(text: str, max_chars: int) -> None:
    parts = pieces(text, max_chars)
    if not 0 < lines_needed(parts, max_chars) <= 4:
        return
    lines = break_lines(parts, max_chars, "en")
    assert len(lines) == lines_needed(parts, max_chars)
    assert all(0 < len(line) <= max_chars for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(part.text for part in parts).replace(" ", "")
