from __future__ import annotations

from transcripts.timing.clipped import unclipped
from transcripts.timing.heard import heard_among
from transcripts.timing.words import Word

SAID = [Word(0, 400, "one"), Word(500, 900, "two"), Word(1000, 1900, "three")]
HEARD = heard_among(SAID)


def test_it_works() -> None:
    left = [Word(200, 400, "One"), Word(500, 800, "two."), Word(800, 800, "three")]
    assert unclipped(left, (200, 800), (0, 2000), HEARD) == [
        Word(0, 400, "One"),
        Word(500, 900, "two."),
        Word(1000, 1900, "three"),
    ]


def test_nobody_is_asked_where_nothing_can_come_back() -> None:
    def heard(from_ms: int, to_ms: int) -> list[Word]:
        raise AssertionError((from_ms, to_ms))

    assert unclipped(SAID, (0, 1900), (0, 1000), heard) == SAID
    assert unclipped(SAID[1:2], (400, 1000), (0, 2000), heard) == SAID[1:2]


def test_a_word_that_has_another_moment_keeps_it() -> None:
    typed = [Word(500, 600, "one"), Word(600, 900, "two")]
    assert unclipped(typed, (500, 900), (0, 2000), HEARD) == typed
    assert unclipped([], (500, 900), (0, 2000), HEARD) == []


def test_words_that_went_along_come_back() -> None:
    gone = [word._replace(start_ms=word.start_ms + 5000, end_ms=word.end_ms + 5000) for word in SAID]
    assert unclipped(gone, (5000, 7000), (0, 2000), HEARD) == SAID


def test_what_an_earlier_border_left_of_a_word_becomes_whole_where_its_time_is_free() -> None:
    rest = [Word(0, 400, "one"), Word(500, 700, "two"), Word(700, 700, "uh"), Word(700, 700, "three")]
    assert unclipped(rest, (0, 950), (0, 2000), HEARD) == [
        Word(0, 400, "one"),
        Word(500, 900, "two"),
        Word(900, 900, "uh"),
        Word(1000, 1900, "three"),
    ]


def test_what_has_room_of_its_own_is_not_pushed_away() -> None:
    typed = [Word(500, 700, "two"), Word(700, 950, "uh"), Word(950, 950, "hm")]
    assert unclipped(typed, (400, 950), (0, 2000), HEARD) == typed


def test_a_word_is_not_looked_for_far_beyond_the_border() -> None:
    far = heard_among([*SAID, Word(5000, 5400, "four")])
    rest = [Word(1000, 1900, "three"), Word(1900, 1900, "four")]
    assert unclipped(rest, (900, 2000), (0, 9000), far) == rest
