"""The same words in two passes over the same sound."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.heard_again import NEAR_MS, heard_again
from transcripts.timing.word_diff import MAX_EDITS
from transcripts.timing.words import Word


def timed(text: str, start_ms: int = 0, word_ms: int = 300) -> list[Word]:
    return [
        Word(start_ms + n * word_ms, start_ms + (n + 1) * word_ms, word)
        for n, word in enumerate(text.split())
    ]


def test_it_works() -> None:
    old = timed("and then the belt rang for the hole town")
    new = timed("and then, the bell rang for the whole town", 200)
    assert heard_again(old, new) == [(0, 0), (1, 1), (2, 2), (4, 4), (5, 5), (6, 6), (8, 8)]


def test_texts_without_anything_in_common() -> None:
    assert heard_again(timed("a b c"), timed("d e f")) == heard_again([], timed("a")) == []


def test_what_is_said_again_and_again_is_matched_by_its_moment() -> None:
    """Seven in the middle were not heard the second time."""
    old = timed("yes of course it is " * 400)
    new = [*old[:777], *old[784:]]
    wrong = [(left, right) for left, right in heard_again(old, new) if old[left] != new[right]]
    assert len(wrong) < 5 * NEAR_MS / 300


def test_ten_thousand_differences_are_found_one_by_one() -> None:
    """More than one edit script would find."""
    count = 4 * MAX_EDITS
    old = timed(" ".join(f"w{n} x{n} y{n} old{n}" for n in range(count)))
    new = timed(" ".join(f"w{n} x{n} y{n} new{n}" for n in range(count)))
    assert len(heard_again(old, new)) == 3 * count


words = st.lists(st.sampled_from("abcd"), max_size=14).map(" ".join).map(timed)


@given(words, words)
def test_pairs_are_equal_and_ascending(old: list[Word], new: list[Word]) -> None:
    pairs = heard_again(old, new)
    assert all(old[left].text == new[right].text for left, right in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert heard_again(old, old) == [(index, index) for index in range(len(old))]
