from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.timing.strategies import texts
from transcripts.subtitles.pieces import Piece, line_of, pieces_of, width
from transcripts.timing.interpolate import interpolate
from transcripts.timing.tokens import normalise_text, tokenise
from transcripts.timing.words import Word


def test_it_works() -> None:
    assert list(pieces_of([Word(0, 100, "to"), Word(100, 500, "overlong")], 4)) == [
        Piece("to", 0, 100, False), Piece("over", 100, 300, True), Piece("long", 300, 500, False),
    ]  # fmt: skip


def test_characters_stay_whole() -> None:
    marked = Word(0, 9, "ab\U0001f44d\U0001f3fde\u0301")
    assert [piece.text for piece in pieces_of([marked], 3)] == ["ab", "\U0001f44d\U0001f3fd", "e\u0301"]
    assert [piece.text for piece in pieces_of([Word(0, 9, "👩‍👩‍👧x")], 5)] == ["👩‍👩‍👧", "x"]


def test_width_counts_the_space_within_a_line() -> None:
    assert [width(Piece("ab", 0, 0, True), begins) for begins in (True, False)] == [2, 3]


@given(texts, st.integers(1, 12))
def test_the_pieces_are_the_text(text: str, max_chars: int) -> None:
    pieces = list(pieces_of(interpolate(tokenise(text), 0, 10_000), max_chars))
    assert line_of(pieces) == normalise_text(text)
    assert all(0 < len(piece.text) <= max_chars for piece in pieces)
    assert all(piece.start_ms <= piece.end_ms for piece in pieces)
