from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.word_diff import MAX_EDITS, matching_pairs

words = st.lists(st.sampled_from("abcd"), max_size=12)


def test_it_works() -> None:
    assert matching_pairs(["a", "big", "red", "car"], ["a", "red", "big", "old", "car"]) in (
        [(0, 0), (2, 1), (3, 4)],
        [(0, 0), (1, 2), (3, 4)],
    )


def test_equal_and_empty_texts() -> None:
    assert matching_pairs("ab", "ab") == [(0, 0), (1, 1)]
    assert matching_pairs("", "ab") == matching_pairs("ab", "") == matching_pairs("", "") == []


def test_a_rewritten_text_is_given_up_early_but_its_ends_still_match() -> None:
    old = ["head", *(f"old{index}" for index in range(MAX_EDITS)), "tail"]
    new = ["head", *(f"new{index}" for index in range(MAX_EDITS)), "tail"]
    assert matching_pairs(old, new) == [(0, 0), (MAX_EDITS + 1, MAX_EDITS + 1)]


def _longest_common(old: list[str], new: list[str]) -> int:
    lengths = [0] * (len(new) + 1)
    for left in old:
        row = [0]
        for index, right in enumerate(new):
            row.append(lengths[index] + 1 if left == right else max(row[-1], lengths[index + 1]))
        lengths = row
    return lengths[-1]


@given(words, words)
def test_pairs_are_equal_ascending_and_as_many_as_possible(old: list[str], new: list[str]) -> None:
    pairs = matching_pairs(old, new)
    assert all(old[left] == new[right] for left, right in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(pairs))
    assert len(pairs) == _longest_common(old, new)
