"""Two changes of one text become one text: nobody's words are dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.timing.three_way import Chunk, merge_words, merged_tokens, same_words, word_key
from transcripts.timing.word_diff import matching_pairs

WORDS = st.sampled_from(["a", "A", "a,", "b", "B.", "c", "d", "e", "f", "–"])
TEXTS = st.lists(WORDS, max_size=14)


def merge(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[Chunk]:
    """A word of theirs may be the one of the base that says the same."""
    return merge_words(base, mine, theirs, lambda old, new: word_key(base[old]) == word_key(theirs[new]))


def text(base: str, mine: str, theirs: str) -> str:
    return " ".join(_tokens(base.split(), mine.split(), theirs.split()))


def _tokens(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    origins = merged_tokens(merge(base, mine, theirs))
    return [(theirs if origin.is_theirs else mine)[origin.index] for origin in origins]


def conflicts(base: str, mine: str, theirs: str) -> list[tuple[str, str]]:
    return [
        (" ".join(mine.split()[i] for i in chunk.mine), " ".join(theirs.split()[i] for i in chunk.theirs))
        for chunk in merge(base.split(), mine.split(), theirs.split())
        if chunk.is_conflict
    ]


def test_it_works() -> None:
    base = "and then the belt rang for the hole town to here"
    mine = "and then the bells rang for the hole town to hear"
    theirs = "and then the belt rang for the whole town to her"
    assert text(base, mine, theirs) == "and then the bells rang for the whole town to hear"
    assert conflicts(base, mine, theirs) == [("hear", "her")]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a b c", "a b c", "a x c", "a x c"),
        ("a b c", "a c", "a b c", "a c"),
        ("a b c", "a c", "a c", "a c"),
        ("a b c", "a x c", "a X, c", "a x c"),
        ("a b c", "a B! c", "a b c", "a B! c"),
        ("a b c", "a b c", "a B! c", "a B! c"),
        ("a b c", "A b c", "a b c d", "A b c d"),
        ("a b c d", "a x c d", "a b y d", "a x y d"),
        ("a b c d", "a b x d", "a y c d", "a y x d"),
        ("", "x y", "", "x y"),
        ("", "", "x y", "x y"),
        ("", "", "", ""),
    ],
)
def test_one_side_changed_or_both_alike(base: str, mine: str, theirs: str, merged: str) -> None:
    assert text(base, mine, theirs) == merged
    assert conflicts(base, mine, theirs) == []


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("a b c", "a x c", "a y c", ("x", "y")),
        ("a b c", "a c", "a y c", ("", "y")),
        ("a b c", "a x c", "a c", ("x", "")),
        ("a b c d", "a x d", "a b y d", ("x", "b y")),
        ("a b c", "a b x c", "a y c", ("b x", "y")),
        ("a c", "a x c", "a y c", ("x", "y")),
        ("a b c", "a B, c", "a y c", ("B,", "y")),
        ("", "x", "y", ("x", "y")),
    ],
)
def test_both_changed_it_differently(base: str, mine: str, theirs: str, both: tuple[str, str]) -> None:
    assert text(base, mine, theirs) == mine
    assert conflicts(base, mine, theirs) == [both]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("um so yes", "so yes", "um so um yes", ("", "um")),
        ("um so yes", "er, so yes", "um so um yes", ("", "um")),
        ("um so yes", "Um, so yes", "um so um yes", ("", "um")),
        ("a b um c", "a b c", "a um x b um c", ("", "um x")),
    ],
)
def test_what_a_person_took_out_is_never_put_in_elsewhere(
    base: str, mine: str, theirs: str, both: tuple[str, str]
) -> None:
    assert text(base, mine, theirs) == mine
    assert conflicts(base, mine, theirs) == [both]


def test_news_at_the_moment_of_a_removed_word_is_shown() -> None:
    """Which of the equal words was heard again cannot be told by the words."""
    base, mine, theirs = "t t t um t t n", "t t t t t n", "x t t hm t t n"
    by_moment = {(3, 3)}
    chunks = merge_words(base.split(), mine.split(), theirs.split(), lambda old, new: (old, new) in by_moment)
    shown = [[theirs.split()[i] for i in chunk.theirs] for chunk in chunks if chunk.is_conflict]
    assert [word for words in shown for word in words if word == "hm"] == ["hm"]
    assert "hm" not in [theirs.split()[one.index] for one in merged_tokens(chunks) if one.is_theirs]


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_that_a_person_took_out_comes_back(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    pairs = dict(matching_pairs(list(map(word_key, base)), list(map(word_key, mine))))
    gone = {word_key(word) for index, word in enumerate(base) if index not in pairs}
    merged = Counter(map(word_key, _tokens(base, mine, theirs)))
    there = Counter(map(word_key, mine))
    assert all(merged[key] <= there[key] for key in gone)


def test_only_punctuation_differs_on_both_sides() -> None:
    assert text("yes no", "Yes, no", "yes! no") == "Yes, no"
    assert conflicts("yes no", "Yes, no", "yes! no") == []
    assert same_words(["Yes,"], ["yes!"]) and not same_words(["yes"], ["yes", "no"])


@given(TEXTS, TEXTS)
def test_without_a_change_of_mine_it_is_the_new_text(base: list[str], theirs: list[str]) -> None:
    assert _tokens(base, base, theirs) == theirs


@given(TEXTS, TEXTS)
def test_without_news_it_is_my_text(base: list[str], mine: list[str]) -> None:
    assert _tokens(base, mine, base) == mine


@given(TEXTS, TEXTS, TEXTS)
def test_the_chunks_cover_both_texts_once(base: list[str], mine: list[str], theirs: list[str]) -> None:
    chunks = merge(base, mine, theirs)
    assert [i for chunk in chunks for i in chunk.mine] == list(range(len(mine)))
    assert [i for chunk in chunks for i in chunk.theirs] == list(range(len(theirs)))


def _changed(base: list[str], changed: list[str]) -> Counter[str]:
    """The words that ``changed`` has and ``base`` has not, as they are written."""
    pairs = matching_pairs([word_key(word) for word in base], [word_key(word) for word in changed])
    kept = {new for old, new in pairs if base[old] == changed[new]}
    return Counter(word for index, word in enumerate(changed) if index not in kept)


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_of_a_person_is_dropped(base: list[str], mine: list[str], theirs: list[str]) -> None:
    merged = Counter(_tokens(base, mine, theirs))
    assert not _changed(base, mine) - merged


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_word_of_the_machine_is_dropped(base: list[str], mine: list[str], theirs: list[str]) -> None:
    """It is in the text or in a conflict."""
    chunks = merge(base, mine, theirs)
    beside = [theirs[i] for chunk in chunks if chunk.is_conflict for i in chunk.theirs]
    there = Counter(map(word_key, [*_tokens(base, mine, theirs), *beside]))
    pairs = matching_pairs(list(map(word_key, base)), list(map(word_key, theirs)))
    known = {new for _, new in pairs}
    fresh = Counter(word_key(word) for index, word in enumerate(theirs) if index not in known)
    assert not fresh - there


@given(TEXTS, TEXTS, TEXTS)
def test_a_conflict_differs_on_both_sides(base: list[str], mine: list[str], theirs: list[str]) -> None:
    for chunk in merge(base, mine, theirs):
        assert isinstance(chunk, Chunk)
        if chunk.is_conflict:
            assert not same_words([mine[i] for i in chunk.mine], [theirs[i] for i in chunk.theirs])
            assert not chunk.takes_theirs
