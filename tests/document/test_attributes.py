"""A run of attribute steps gives what the library gives for one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import AttrStep, ReplaceStep, Step, Transform, TransformError

from transcripts.document.attributes import apply_all, step_all
from transcripts.document.content import (
    DocSegment,
    DocVoice,
    build_document,
    segment_places,
    segments_of,
    voice_places,
)
from transcripts.document.schema import SCHEMA

from .strategies import segments, voices

ATTRS = st.sampled_from(["speaker", "start_ms", "end_ms", "held", "id", "name", "hue", "no_such_attribute"])
VALUES = st.one_of(st.integers(-1, 9_000), st.booleans(), st.sampled_from(["", "speaker_2", "Ada"]))


def one_by_one(document: Node, steps: Sequence[Step]) -> Node | str:
    """The document, or what the library says is wrong."""
    for step in steps:
        try:
            result = step.apply(document)
        except Exception as error:  # the library raises whatever a wrong position makes it raise
            return type(error).__name__
        if result.doc is None:
            return result.failed or ""
        document = result.doc
    return document


def all_at_once(document: Node, steps: Sequence[Step]) -> Node | str:
    try:
        result = apply_all(document, steps)
    except Exception as error:  # as above
        return type(error).__name__
    return (result.failed or "") if result.doc is None else result.doc


def is_same(one: Node | str, other: Node | str) -> bool:
    if isinstance(one, Node) and isinstance(other, Node):
        return one.eq(other) and one.to_json() == other.to_json() and one.node_size == other.node_size
    return one == other


def test_it_works() -> None:
    many = [DocSegment(f"s{n}", "speaker_1", n, n + 1, f"text {n}") for n in range(200)]
    document = build_document([DocVoice("speaker_1"), DocVoice("speaker_2")], many)
    places = [position for position, _ in segment_places(document)][50:120]
    voice = next(position for position, _ in voice_places(document))
    steps: list[Step] = [AttrStep(position, "speaker", "speaker_2") for position in places]
    steps.append(AttrStep(voice, "name", "Ada"))
    after = apply_all(document, steps).doc
    assert after is not None and is_same(after, one_by_one(document, steps))
    assert [one.speaker for one in segments_of(after)].count("speaker_2") == 70
    assert after.child(1) is document.child(1) and after.child(2) is not document.child(2)
    assert after.child(2).child(9) is document.child(2).child(9)


@settings(max_examples=300, deadline=None)
@given(st.data(), segments(), voices())
def test_it_is_what_the_library_does(
    data: st.DataObject, texts: list[DocSegment], people: list[DocVoice]
) -> None:
    document = build_document(people, texts)
    positions = [*dict(segment_places(document)), *dict(voice_places(document))]
    places = st.sampled_from(positions or [0])
    steps = data.draw(st.lists(st.builds(AttrStep, places, ATTRS, VALUES), max_size=30))
    assert is_same(all_at_once(document, steps), one_by_one(document, steps))


@settings(max_examples=300, deadline=None)
@given(st.data(), segments(most=6), voices())
def test_wrong_places_and_other_steps_between(
    data: st.DataObject, texts: list[DocSegment], people: list[DocVoice]
) -> None:
    """Groups, the cast, text, the ends of nodes, and places outside of the document."""
    document = build_document(people, texts)
    places = st.integers(0, document.content.size + 1)
    typed = Slice(Fragment.from_(SCHEMA.text("x")), 0, 0)
    typing = st.builds(lambda place: ReplaceStep(place, place, typed), places)
    steps = data.draw(st.lists(st.builds(AttrStep, places, ATTRS, VALUES) | typing, max_size=5))
    assert is_same(all_at_once(document, steps), one_by_one(document, steps))


def test_in_a_transform_every_step_can_be_taken_back() -> None:
    many = [DocSegment(f"s{n}", "speaker_1", n, n + 1, f"text {n}") for n in range(90)]
    tr = Transform(build_document([], many))
    before = tr.doc
    places = [position for position, _ in segment_places(before)]
    step_all(tr, [AttrStep(place, "speaker", "speaker_2") for place in places])
    step_all(tr, [])
    assert len(tr.steps) == len(tr.docs) == len(tr.mapping.maps) == 90 and tr.before is before
    assert {one.speaker for one in segments_of(tr.doc)} == {"speaker_2"}
    back = [step.invert(document) for step, document in zip(tr.steps, tr.docs, strict=True)]
    undone = apply_all(tr.doc, back[::-1]).doc
    assert undone is not None and undone.eq(before)


def test_a_step_that_names_nothing_is_refused() -> None:
    tr = Transform(build_document([], [DocSegment("a", "", 0, 1, "text")]))
    with pytest.raises(TransformError):
        step_all(tr, [AttrStep(tr.doc.content.size, "speaker", "x")])
    assert not tr.steps
