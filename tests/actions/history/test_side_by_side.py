"""Passages of two versions beside each other."""

from __future__ import annotations

import random
from dataclasses import replace

from transcripts.actions.history.side_by_side import Row, side_by_side
from transcripts.document.content import DocSegment


def passage(name: str, start_ms: int, end_ms: int, text: str = "") -> DocSegment:
    return DocSegment(name, "speaker_1", start_ms, end_ms, text or name)


def shape(rows: list[Row]) -> list[tuple[str, str, str]]:
    """State and ids of each row."""
    return [
        (row.state, "".join(part.id for part in row.left), "".join(part.id for part in row.right))
        for row in rows
    ]


A, B, C = passage("a", 0, 1000), passage("b", 1000, 2000), passage("c", 2000, 3000)


def test_it_works() -> None:
    rows = side_by_side([A, B, C], [A, replace(B, text="other"), C])
    assert shape(rows) == [("same", "a", "a"), ("changed", "b", "b"), ("same", "c", "c")]
    assert side_by_side([], []) == []


def test_a_split_and_a_join_stand_in_one_row() -> None:
    halves = [passage("b", 1000, 1500, "one"), passage("x", 1500, 2000, "two")]
    assert shape(side_by_side([A, B, C], [A, *halves, C]))[1] == ("changed", "b", "bx")
    assert shape(side_by_side([A, *halves, C], [A, B, C]))[1] == ("changed", "bx", "b")


def test_inserted_and_deleted_passages_stand_alone() -> None:
    late = passage("z", 2000, 2200)
    assert shape(side_by_side([A, C], [A, B, C]))[1] == ("added", "", "b")
    assert shape(side_by_side([A, B], [A]))[1] == ("removed", "b", "")
    assert shape(side_by_side([A], [A, late]))[1] == ("added", "", "z")


def test_a_new_transcription_is_aligned_by_time() -> None:
    anew = [passage("p", 0, 1100), passage("q", 1100, 2000), passage("r", 2000, 3000)]
    assert shape(side_by_side([A, B, C], anew)) == [
        ("changed", "a", "p"), ("changed", "b", "q"), ("changed", "c", "r"),
    ]  # fmt: skip
    assert shape(side_by_side([A, B, C], [passage("w", 0, 3000)])) == [("changed", "abc", "w")]


def test_neighbours_that_were_both_corrected_stay_apart() -> None:
    rows = side_by_side([A, B], [replace(A, text="x", end_ms=1600), replace(B, text="y")])
    assert shape(rows) == [("changed", "a", "a"), ("changed", "b", "b")]


def test_every_passage_stands_in_exactly_one_row() -> None:
    rng = random.Random(3)
    for _ in range(200):
        left = random_text(rng)
        right = random_text(rng) if rng.random() < 0.3 else [part for part in left if rng.random() < 0.7]
        if rng.random() < 0.3:
            rng.shuffle(right)
        rows = side_by_side(left, right)
        assert [part for row in rows for part in row.left] == left
        assert [part for row in rows for part in row.right] == right


def random_text(rng: random.Random) -> list[DocSegment]:
    at_ms, passages = 0, []
    for number in range(rng.randrange(30)):
        end_ms = at_ms + rng.randrange(3000)
        passages.append(passage(f"{number}-{rng.randrange(3)}", at_ms, end_ms))
        at_ms = end_ms
    return passages
