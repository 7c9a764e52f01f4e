"""Steps that came second, where they touch nothing that came first."""

from __future__ import annotations

import random
from typing import Any

import pytest
from prosemirror.model import Node
from prosemirror.transform import AttrStep, Transform

from transcripts.actions.edit.move_steps import MOST_STEPS, moved_steps
from transcripts.document.apply import apply_stored
from transcripts.document.content import DocSegment, DocVoice, build_document, segment_places
from transcripts.document.schema import SCHEMA

Steps = list[dict[str, Any]]
LINES = [DocSegment(f"s{n}", "speaker_1", n * 1000, n * 1000 + 900, "hello there") for n in range(6)]
DOCUMENT = build_document([DocVoice("speaker_1", "Ana")], LINES)


def place(number: int, at: int = 0, document: Node = DOCUMENT) -> int:
    """Inside a segment, behind so many characters."""
    return list(segment_places(document))[number][0] + 1 + at


def steps_of(tr: Transform) -> Steps:
    return [dict(step.to_json()) for step in tr.steps]


def typed(number: int, at: int, text: str) -> Steps:
    return steps_of(Transform(DOCUMENT).insert(place(number, at), SCHEMA.text(text)))


def test_it_works() -> None:
    theirs = typed(0, 2, "abc")
    mine = typed(3, 0, "x") + typed(3, 1, "y")
    moved = moved_steps(mine, theirs)
    assert moved is not None
    assert [step["from"] for step in moved] == [place(3) + 3, place(3) + 4]
    text = apply_stored(DOCUMENT, [*theirs, *moved]).text_content
    assert text.count("xyhello there") == 1 and text.count("heabcllo") == 1


def test_what_stands_before_stays_where_it_is() -> None:
    mine = typed(0, 2, "abc")
    assert moved_steps(mine, typed(3, 0, "x")) == mine


@pytest.mark.parametrize(("at", "is_moved"), [(3, True), (4, False), (6, False), (8, False), (9, True)])
def test_only_at_another_place(at: int, is_moved: bool) -> None:
    theirs = steps_of(Transform(DOCUMENT).delete(place(2, 4), place(2, 8)))
    assert (moved_steps(typed(2, at, "x"), theirs) is not None) == is_moved


def test_what_lies_in_own_new_text_counts_as_its_place() -> None:
    mine = typed(2, 4, "xyz")
    document = apply_stored(DOCUMENT, mine)
    mine += steps_of(Transform(document).insert(place(2, 6, document), SCHEMA.text("!")))
    assert moved_steps(mine, typed(2, 4, "a")) is None
    assert moved_steps(mine, typed(2, 6, "a")) is not None


def test_attributes_move_and_collide() -> None:
    start = list(segment_places(DOCUMENT))[3][0]
    mine = [dict(AttrStep(start, "start_ms", 7).to_json())]
    assert moved_steps(mine, typed(0, 0, "ab")) == [{**mine[0], "pos": start + 2}]
    assert moved_steps(mine, [dict(AttrStep(start, "start_ms", 8).to_json())]) is None


def test_other_kinds_and_long_races_are_left_to_the_page() -> None:
    around = {"stepType": "replaceAround", "from": 0, "to": 4, "gapFrom": 1, "gapTo": 3, "insert": 0}
    assert moved_steps([around], typed(0, 0, "a")) is None
    assert moved_steps(typed(3, 0, "x"), typed(0, 0, "a") * (MOST_STEPS + 1)) is None


def test_either_order_gives_the_same_text() -> None:
    """Both sides type, delete, split and join at random."""
    dice, moved_count = random.Random(5), 0
    for _ in range(400):
        sides = [changes(dice), changes(dice)]
        results = []
        for first, second in (sides, sides[::-1]):
            moved = moved_steps(second, first)
            results.append(None if moved is None else apply_stored(DOCUMENT, [*first, *moved]).to_json())
        assert results[0] == results[1]
        moved_count += results[0] is not None
    assert 100 < moved_count < 380


def changes(dice: random.Random) -> Steps:
    tr = Transform(DOCUMENT)
    for _ in range(dice.randint(1, 3)):
        starts = [start for start, _ in segment_places(tr.doc)]
        number = dice.randrange(1, len(starts))
        inside = starts[number] + 1 + dice.randrange(4)
        kind = dice.randrange(4)
        if kind == 0:
            tr.insert(inside, SCHEMA.text("xyz"[: dice.randint(1, 3)]))
        elif kind == 1:
            tr.delete(inside, inside + dice.randint(1, 5))
        elif kind == 2:
            tr.split(inside)
        else:
            tr.join(starts[number])
    return steps_of(tr)
