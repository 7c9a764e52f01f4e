from __future__ import annotations

from transcripts.timing.segment_pairs import Block, blocks_of


def test_it_works() -> None:
    before = [(0, 10, "one"), (10, 20, "two three"), (20, 30, "four")]
    after = [(0, 10, "One"), (10, 15, "two"), (15, 20, "three"), (20, 30, "four")]
    assert blocks_of(before, after) == [Block([0], [0]), Block([2], [3]), Block([1], [1, 2])]


def test_the_same_text_at_another_time_is_the_same_segment() -> None:
    assert blocks_of([(0, 10, "one"), (10, 20, "two")], [(5, 15, "one"), (15, 25, "two")]) == [
        Block([0], [0]),
        Block([1], [1]),
    ]


def test_what_stands_more_than_once_is_nobodys_like() -> None:
    before = [(0, 0, "yes"), (0, 0, "yes"), (5, 9, "no")]
    assert blocks_of(before, [(0, 0, "yes"), (5, 9, "no")]) == [Block([2], [1]), Block([0, 1], [0])]


def test_segments_that_changed_places_stay_themselves() -> None:
    before = [(0, 10, "one"), (10, 20, "two")]
    assert sorted(blocks_of(before, before[::-1])) == [Block([0], [1]), Block([1], [0])]


def test_new_and_gone() -> None:
    assert blocks_of([], [(0, 10, "one")]) == [Block([], [0])]
    assert blocks_of([(0, 10, "one")], []) == []
