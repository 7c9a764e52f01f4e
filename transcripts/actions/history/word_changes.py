"""Which words of two texts differ, as stretches that a page can mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from ...timing.tokens import tokenise
from ...timing.word_diff import matching_pairs

_PIECES = re.compile(r"\s+|\S+")


class Stretch(NamedTuple):
    """A piece of text; ``changed`` where the other side does not have it."""

    text: str
    changed: bool


class Edit(NamedTuple):
    """A piece of one text that tells both: what stayed, what was taken out and what was put in."""

    text: str
    kind: Literal["same", "removed", "added"]

    @property
    def words(self) -> str:
        """Without the white space behind them, which is not marked."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        return self.text[len(self.words) :]


class _Piece(NamedTuple):
    text: str
    place: int
    """Number of the text it is of."""

    @property
    def is_word(self) -> bool:
        return not self.text.isspace()


Side = list[list[Stretch]]


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[Side, Side]:
    """Both sides, text by text, with the words marked that the other side does not have.

    Words are compared across the borders of the texts: a passage that was only split has no changed word.
    """
    old_pieces, new_pieces = _pieces(old), _pieces(new)
    old_kept, new_kept = _kept(old_pieces, new_pieces)
    return _side(old_pieces, old_kept, len(old)), _side(new_pieces, new_kept, len(new))


def told(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """One text that shows both: removed words stand before those that took their place."""
    before, after = _spaced_words(old), _spaced_words(new)
    pairs = matching_pairs([word.strip() for word in before], [word.strip() for word in after])
    edits: list[Edit] = []
    left = right = 0
    for left_end, right_end in [*pairs, (len(before), len(after))]:
        edits.append(Edit("".join(before[left:left_end]), "removed"))
        edits.append(Edit("".join(after[right:right_end]), "added"))
        edits.append(Edit("".join(after[right_end : right_end + 1]), "same"))
        left, right = left_end + 1, right_end + 1
    shown = groupby((edit for edit in edits if edit.text), lambda edit: edit.kind)
    return [Edit("".join(edit.text for edit in run), kind) for kind, run in shown]


def _spaced_words(texts: Sequence[str]) -> list[str]:
    """Words with the white space behind them; between two texts there is a space."""
    words: list[str] = []
    for piece in _PIECES.findall(" ".join(texts).strip()):
        if piece.isspace():
            words[-1] += piece
        else:
            words += _words_in(piece)
    return words


def _pieces(texts: Sequence[str]) -> list[_Piece]:
    """Words and the white space between them; scripts without spaces fall into characters."""
    return [
        _Piece(part, place)
        for place, text in enumerate(texts)
        for piece in _PIECES.findall(text)
        for part in _words_in(piece)
    ]


def _words_in(piece: str) -> Sequence[str]:
    words = tokenise(piece)
    return words if "".join(words) == piece else (piece,)


def _kept(old: Sequence[_Piece], new: Sequence[_Piece]) -> tuple[set[int], set[int]]:
    """Numbers of the pieces on each side that the other side has as well."""
    old_words = [number for number, piece in enumerate(old) if piece.is_word]
    new_words = [number for number, piece in enumerate(new) if piece.is_word]
    pairs = matching_pairs([old[n].text for n in old_words], [new[n].text for n in new_words])
    return {old_words[left] for left, _ in pairs}, {new_words[right] for _, right in pairs}


def _side(pieces: Sequence[_Piece], kept: set[int], count: int) -> Side:
    """White space counts as changed only between two changed words."""
    sides: Side = [[] for _ in range(count)]
    flagged = [(piece, _is_changed(pieces, kept, number)) for number, piece in enumerate(pieces)]
    for (place, changed), run in groupby(flagged, lambda pair: (pair[0].place, pair[1])):
        sides[place].append(Stretch("".join(piece.text for piece, _ in run), changed))
    return sides


def _is_changed(pieces: Sequence[_Piece], kept: set[int], number: int) -> bool:
    if pieces[number].is_word:
        return number not in kept
    around = [near for near in (number - 1, number + 1) if 0 <= near < len(pieces)]
    return all(near not in kept and pieces[near].place == pieces[number].place for near in around)
