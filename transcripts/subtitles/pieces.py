"""What cues are laid out from: words, or parts of a word that is longer than a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.timing.tokens import is_attached, spaced
from transcripts.timing.words import Word


class Piece(NamedTuple):
    """``spaced``: whether a space stands before it when it does not begin a line."""

    text: str
    start_ms: int
    end_ms: int
    spaced: bool


def pieces_of(words: Sequence[Word], max_chars: int) -> Iterator[Piece]:
    """The words in pieces of at most ``max_chars``; together they are the words' text, nothing added."""
    before = ""
    for word in words:
        text = word.text.strip(" ")
        follows = bool(before) and (word.text.startswith(" ") or spaced(before, text))
        yield from _parts(word._replace(text=text), follows, max_chars)
        before = text


def line_of(pieces: Iterable[Piece]) -> str:
    """The pieces on one line."""
    return "".join(" " + piece.text if piece.spaced else piece.text for piece in pieces).strip(" ")


def width(piece: Piece, begins_line: bool) -> int:
    """The characters ``piece`` takes on its line, its space included."""
    return len(piece.text) + (piece.spaced and not begins_line)


def _parts(word: Word, follows: bool, max_chars: int) -> Iterator[Piece]:
    cuts = _cuts(word.text, max_chars)
    length_ms = word.end_ms - word.start_ms
    for start, end in pairwise(cuts):
        yield Piece(
            word.text[start:end],
            word.start_ms + length_ms * start // len(word.text),
            word.start_ms + length_ms * end // len(word.text),
            follows and start == 0,
        )


def _cuts(text: str, max_chars: int) -> list[int]:
    cuts = [0]
    while len(text) - cuts[-1] > max_chars:
        latest = cuts[-1] + max_chars
        whole = (cut for cut in range(latest, cuts[-1], -1) if _between_characters(text, cut))
        cuts.append(next(whole, latest))
    return [*cuts, len(text)]


def _between_characters(text: str, cut: int) -> bool:
    return not is_attached(text[cut]) and text[cut - 1] != "\u200d"
