"""What the authority puts right by itself."""

from __future__ import annotations

from itertools import count

from prosemirror.transform import AttrStep, Transform

from transcripts.document.apply import changed, whole
from transcripts.document.content import (
    GROUP_SEGMENTS,
    DocSegment,
    DocVoice,
    build_document,
    segment_places,
    segments_of,
    voices_of,
)
from transcripts.document.difference import steps_towards
from transcripts.document.normalise import MOST_IN_GROUP, normalise


def lines(number: int) -> list[DocSegment]:
    return [DocSegment(f"s{n}", "", n, n + 1, "x") for n in range(number)]


def test_it_works() -> None:
    document = build_document([], [*lines(2), DocSegment("s1", "", 2, 3, "y"), DocSegment("", "", 3, 4, "z")])
    names = (f"new{n}" for n in count())
    tr = normalise(document, whole(document), set(), lambda: next(names))
    assert [segment.id for segment in segments_of(tr.doc)] == ["s0", "s1", "new0", "new1"]
    assert len(tr.steps) == 2


def test_what_is_right_is_left_alone() -> None:
    document = build_document([DocVoice("a")], lines(90))
    assert normalise(document, whole(document), set(), str).steps == []


def test_an_id_that_is_taken_elsewhere_is_exchanged() -> None:
    document = build_document([], lines(3))
    tr = normalise(document, whole(document), {"s1"}, lambda: "fresh")
    assert [segment.id for segment in segments_of(tr.doc)] == ["s0", "fresh", "s2"]


def test_times_never_run_backwards() -> None:
    document = build_document([], lines(2))
    tr = Transform(document)
    place = next(iter(segment_places(document)))[0]
    tr.step(AttrStep(place, "start_ms", 900))
    fixed = normalise(tr.doc, changed(document, tr.doc), set(), str)
    assert segments_of(fixed.doc)[0].end_ms == 900


def test_large_groups_fall_apart_without_losing_anything() -> None:
    document = build_document([], lines(10))
    tr = Transform(document)
    long = [*lines(10), *(DocSegment(f"n{n}", "", n, n, "") for n in range(300))]
    steps_towards(tr, [], long)
    fixed = normalise(tr.doc, changed(document, tr.doc), set(), str)
    fixed.doc.check()
    assert segments_of(fixed.doc) == long
    assert max(group.child_count for group in fixed.doc.children[1:]) <= MOST_IN_GROUP
    assert max(group.child_count for group in fixed.doc.children[1:]) >= GROUP_SEGMENTS


def test_every_voice_has_an_id_of_its_own() -> None:
    document = build_document([DocVoice("speaker_1"), DocVoice("speaker_1", "Ada"), DocVoice("")], [])
    tr = normalise(document, whole(document), set(), str)
    assert [voice.id for voice in voices_of(tr.doc)] == ["speaker_1", "speaker_2", "speaker_3"]
    assert voices_of(tr.doc)[1].name == "Ada"
