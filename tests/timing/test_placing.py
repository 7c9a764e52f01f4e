from __future__ import annotations

from transcripts.timing.placing import gap_around, place_between, unknown_runs
from transcripts.timing.words import Word


def test_it_works() -> None:
    words = place_between(["a", "b", "c", "d"], [(10, 20), None, None, (60, 90)], 0, 100)
    assert words == [Word(10, 20, "a"), Word(20, 40, "b"), Word(40, 60, "c"), Word(60, 90, "d")]


def test_at_the_ends_the_segment_is_the_neighbour() -> None:
    assert place_between(["a", "b", "c"], [None, (40, 50), None], 0, 100) == [
        Word(0, 40, "a"), Word(40, 50, "b"), Word(50, 100, "c"),
    ]  # fmt: skip
    assert place_between(["a"], [None], 7, 9) == [Word(7, 9, "a")]
    assert place_between([], [], 7, 9) == []


def test_runs_and_gaps() -> None:
    known = [None, (5, 6), None, None]
    assert list(unknown_runs(known)) == [range(1), range(2, 4)]
    assert gap_around(known, range(2, 4), 0, 3) == (6, 6)
