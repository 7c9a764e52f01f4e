"""People type on while a plan is made: nothing of it is lost, and the rest of the plan stays as it is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.actions.merge.catch_up import catch_up
from transcripts.actions.merge.texts import Written
from transcripts.document.content import DocSegment
from transcripts.timing.realign import realign
from transcripts.timing.tokens import tokenise
from transcripts.timing.words import check

from .scripted import conversation
from .test_corrections_kept import merged
from .texts import as_written, beside, heard, merge, now, said, texts

BASE = [heard("a", 0, "one two three"), heard("b", 1_000, "four five six"), heard("c", 2_000, "seven eight")]
THEIRS = [said(0, "one too three"), said(1_000, "four hive six"), said(2_000, "seven ate")]


def mine(text: str) -> list[Written]:
    return [now("b", 1_000, text, end_ms=1_300) if one.id == "b" else one for one in as_written(BASE)]


def test_it_works() -> None:
    """It is what a new plan would be."""
    before, after = mine("four 5 six"), mine("so four 5 seven")
    plan = merge(BASE, before, THEIRS)
    caught = catch_up(plan, [(before[1].segment, after[1])])
    assert caught is not None
    anew = merge(BASE, after, THEIRS)
    assert texts(caught) == texts(anew) == ["one too three", "so four 5 seven", "seven ate"]
    assert beside(caught) == beside(anew) == [("b", "5 seven", "hive six")]
    assert texts(plan)[1] == "four 5 six", "the first plan is as it was"


@pytest.mark.parametrize("changes", [{"speaker": "speaker_2"}, {"start_ms": 900}, {"held": True}])
def test_more_than_text_needs_a_new_plan(changes: dict[str, object]) -> None:
    before = mine("four 5 six")[1]
    plan = merge(BASE, mine("four 5 six"), THEIRS)
    after = replace(before, segment=replace(before.segment, **changes))  # type: ignore[arg-type] # by name
    assert catch_up(plan, [(before.segment, after)]) is None


def test_a_segment_that_was_the_machines_needs_a_new_plan() -> None:
    plan = merge(BASE, as_written(BASE), THEIRS)
    assert catch_up(plan, [(as_written(BASE)[1].segment, mine("four 5 six")[1])]) is None


def retyped(dice: random.Random, one: Written, mark: str) -> tuple[DocSegment, Written]:
    """The segment with a new word, and perhaps without one of its words."""
    words = one.segment.text.split()
    first = dice.randrange(len(words))
    del words[first : first + dice.randint(0, 1)]
    words.insert(dice.randrange(len(words) + 1), mark)
    segment = replace(one.segment, text=" ".join(words))
    return one.segment, Written(segment, realign(one.words, segment.text, segment.start_ms, segment.end_ms))


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost(seed: int) -> None:
    dice, talk = random.Random(seed), conversation(60, 20, seed)
    plan = merged(talk)
    touched = [one for one in talk.mine if one.id in plan.passages]
    changes = [retyped(dice, one, f"later{n}") for n, one in enumerate(dice.sample(touched, 5))]
    caught = catch_up(plan, changes)
    assert caught is not None
    after = {one.id: one for one in caught.segments}
    for number, (_, written) in enumerate(changes):
        assert f"later{number}" in after[written.id].segment.text.split()
    same = {one.id for one in plan.segments} - {written.id for _, written in changes}
    assert all(after[one.id] == one for one in plan.segments if one.id in same)
    for conflict in caught.conflicts:
        units = after[conflict.key].segment.text.encode("utf-16-le")[2 * conflict.offset :]
        assert units.decode("utf-16-le").startswith(conflict.mine)
    for one in caught.segments:
        check(one.words, one.segment.start_ms, one.segment.end_ms)
        assert [word.text for word in one.words] == tokenise(one.segment.text)
