from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing.strategies import moments, wild_words
from transcripts.timing.errors import WordTableInvalid
from transcripts.timing.words import Word, check, decode, encode, longest_ordered, monotone

TABLE = [Word(1000, 1200, "Hello,"), Word(1250, 1250, "–"), Word(1300, 1900, "wörld")]


def test_it_works() -> None:
    data = encode(TABLE, 1000)
    assert data == '[[0,200,"Hello,"],[250,0,"–"],[50,600,"wörld"]]'
    assert decode(data, 1000) == TABLE
    assert json.loads(json.dumps(TABLE))[0] == [1000, 1200, "Hello,"]
    check(TABLE, 1000, 1900)


@pytest.mark.parametrize(
    "data", ["{}", "[", "[1]", "[[1,2]]", '[["1",2,"a"]]', "[[1,2,3]]", "[[1.5,2,\"a\"]]", "[" * 100_000]
)  # fmt: skip
def test_it_refuses_what_is_no_table(data: str) -> None:
    with pytest.raises(WordTableInvalid):
        decode(data, 0)


@pytest.mark.parametrize(
    "words",
    [
        [Word(-1, 5, "a")],
        [Word(5, 4, "a")],
        [Word(0, 101, "a")],
        [Word(0, 10, "a"), Word(9, 20, "b")],
    ],
)
def test_it_refuses_times_that_run_backwards_or_out_of_the_segment(words: list[Word]) -> None:
    with pytest.raises(WordTableInvalid) as caught:
        check(words, 0, 100)
    assert caught.value.detail == {"row": len(words) - 1}


def test_an_empty_table_is_a_table() -> None:
    assert decode("", 5) == decode("[]", 5) == []
    check([], 0, 0)
    assert monotone([], 3, 2) == []


def test_one_wild_time_does_not_drag_the_others_along() -> None:
    words = [Word(0, 10, "a"), Word(9000, 9010, "b"), Word(20, 30, "c"), Word(30, 40, "d")]
    assert monotone(words, 0, 10_000) == [Word(0, 10, "a"), Word(10, 20, "b"), *words[2:]]


def test_a_table_in_order_is_left_alone() -> None:
    assert monotone(TABLE, 1000, 1900) == TABLE


@given(wild_words, moments, moments)
def test_monotone_makes_any_table_valid_and_keeps_the_words(
    words: list[Word], start_ms: int, end_ms: int
) -> None:
    tidy = monotone(words, start_ms, end_ms)
    check(tidy, start_ms, max(start_ms, end_ms, 0))
    assert [word.text for word in tidy] == [word.text for word in words]


@given(wild_words, moments)
def test_any_table_survives_storage(words: list[Word], origin_ms: int) -> None:
    assert decode(encode(words, origin_ms), origin_ms) == words


@given(st.lists(st.integers(0, 9), max_size=12))
def test_the_longest_ordered_part_is_ordered_and_not_shorter_than_the_greedy_one(values: list[int]) -> None:
    chosen = [values[index] for index in longest_ordered(values)]
    assert chosen == sorted(chosen)
    assert len(chosen) >= len({*values[:1]})
