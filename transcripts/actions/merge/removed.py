"""Words that people took out of what the machine had heard, and where a new pass says them again.

A pass may say the same words twice, or in another order where voices overlap; then only the first of them is
found again in the base. The others would be news, and would bring back what a person took out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ...timing.heard_again import NEAR_MS
from ...timing.three_way import word_key
from ...timing.word_diff import matching_pairs
from ...timing.words import Word

SAME_MOMENT_MS = 100
"""Two passes put the same sound at most this far apart, whatever words they hear in it."""

AGAIN_MS = 1_000
"""A word outside of the place it was taken from is that word when it is said this near to it."""

Removed = Mapping[str, Sequence[tuple[int, int]]]
"""By ``word_key``: when each removed word was said (milliseconds), and the number of its place."""


def removed_words(base: Sequence[Word], now: Sequence[Word]) -> list[Word]:
    """Those of ``base`` that no longer stand in ``now``."""
    old, new = ([word_key(word.text) for word in words] for words in (base, now))
    kept = {index for index, _ in matching_pairs(old, new)}
    return [word for index, word in enumerate(base) if index not in kept]


def by_key(removed: Iterable[tuple[Word, int]]) -> Removed:
    """The words with the number of the place that each was removed from."""
    found: dict[str, list[tuple[int, int]]] = {}
    for word, number in removed:
        found.setdefault(word_key(word.text), []).append((word.start_ms, number))
    return found


def places_said_again(removed: Removed, word: Word) -> list[int]:
    """The places that ``word`` was removed from at about its moment, the nearest first."""
    near = [
        (abs(start_ms - word.start_ms), number)
        for start_ms, number in removed.get(word_key(word.text), ())
        if abs(start_ms - word.start_ms) <= AGAIN_MS
    ]
    return [number for _, number in sorted(near)]


def comes_back(base: Sequence[Word], theirs: Sequence[Word]) -> Callable[[int, int], bool]:
    """Whether a word of the new pass may be one of the base, by their indexes: the same word or moment."""

    def is_it(old: int, new: int) -> bool:
        left, right = base[old], theirs[new]
        apart_ms = max(left.start_ms, right.start_ms) - min(left.end_ms, right.end_ms)
        is_word = word_key(left.text) == word_key(right.text)
        return apart_ms <= (NEAR_MS if is_word else SAME_MOMENT_MS)

    return is_it
