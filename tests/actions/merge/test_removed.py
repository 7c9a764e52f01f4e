"""What people took out of a text does not come back unasked, in whatever order it is heard again."""

from __future__ import annotations

from transcripts.actions.merge.removed import (
    AGAIN_MS,
    SAME_MOMENT_MS,
    by_key,
    comes_back,
    places_said_again,
    removed_words,
)
from transcripts.timing.heard_again import NEAR_MS
from transcripts.timing.words import Word

from .texts import as_written, beside, heard, merge, now, said, texts, words_of


def test_it_works() -> None:
    base = words_of("well so I um think", 1_000)
    gone = removed_words(base, words_of("Well I think", 1_000))
    assert [word.text for word in gone] == ["so", "um"]
    removed = by_key((word, 3) for word in gone)
    assert places_said_again(removed, Word(1_200, 1_300, "Um,")) == [3]
    assert places_said_again(removed, Word(1_200, 1_300, "think")) == []
    assert places_said_again(removed, Word(1_301 + AGAIN_MS, 3_000, "um")) == []


def test_the_nearest_place_comes_first() -> None:
    removed = by_key([(Word(1_000, 1_100, "um"), 0), (Word(1_500, 1_600, "um"), 2)])
    assert places_said_again(removed, Word(1_400, 1_500, "um")) == [2, 0]


def test_the_same_word_or_the_same_moment_comes_back() -> None:
    base = [Word(10_000, 10_200, "um")]
    moment_ms, word_ms = 10_200 + SAME_MOMENT_MS, 10_200 + NEAR_MS
    theirs = [
        Word(moment_ms, moment_ms + 50, "hm"),
        Word(moment_ms + 1, moment_ms + 50, "hm"),
        Word(word_ms, word_ms + 50, "Um"),
        Word(word_ms + 1, word_ms + 50, "Um"),
    ]
    assert [comes_back(base, theirs)(0, new) for new in range(4)] == [True, False, True, False]


def test_a_deleted_segment_heard_twice_is_shown_and_not_put_back() -> None:
    base = [
        heard("a", 0, "one two three"),
        heard("b", 1_000, "never mind that"),
        heard("c", 2_000, "four five"),
    ]
    mine = [one for one in as_written(base) if one.id != "b"]
    theirs = [
        said(0, "one two three"),
        said(1_000, "never mind that"),
        said(1_000, "never mind that"),
        said(2_000, "four five"),
    ]
    plan = merge(base, mine, theirs)
    assert texts(plan) == ["one two three", "", "four five"]
    assert beside(plan) == [("new3", "", "never mind that never mind that")]


def test_a_deleted_segment_heard_before_the_one_it_followed_is_not_put_back() -> None:
    base = [heard("a", 0, "one two three four"), heard("b", 500, "never mind"), heard("c", 2_000, "five six")]
    mine = [one for one in as_written(base) if one.id != "b"]
    theirs = [said(500, "never mind"), said(0, "one two three four"), said(2_000, "five six")]
    plan = merge(base, mine, theirs)
    assert [text for text in texts(plan) if text] == ["one two three four", "five six"]
    assert [text for _key, _mine, text in beside(plan)] == ["never mind"]


def test_a_removed_word_said_again_behind_its_segment_is_shown_there() -> None:
    base = [heard("a", 0, "one two um"), heard("b", 1_000, "three four")]
    mine = [now("a", 0, "one two", end_ms=300), as_written(base)[1]]
    theirs = [said(0, "one two um"), said(400, "um"), said(1_000, "three four")]
    plan = merge(base, mine, theirs)
    assert texts(plan) == ["one two", "three four"]
    assert beside(plan) == [("a", "two", "two um um")]
