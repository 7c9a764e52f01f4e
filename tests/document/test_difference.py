"""From any document to any other, exactly, by steps that also survive the wire."""

from __future__ import annotations

import json

from hypothesis import given, settings
from prosemirror.transform import Transform

from transcripts.document.apply import apply_steps
from transcripts.document.content import (
    DocSegment,
    DocVoice,
    build_document,
    segments_of,
    voices_of,
)
from transcripts.document.difference import steps_towards

from .strategies import segments, voices


def test_it_works() -> None:
    before = [DocSegment("a", "", 0, 900, "the quick brown fox"), DocSegment("b", "", 900, 2000, "jumps")]
    after = [DocSegment("a", "", 0, 900, "the quick red fox"), before[1]]
    tr = Transform(build_document([], before))
    steps_towards(tr, [], after)
    assert segments_of(tr.doc) == after
    (step,) = [step.to_json() for step in tr.steps]
    assert step["slice"] == {"content": [{"type": "text", "text": "red"}]}


@settings(max_examples=200, deadline=None)
@given(segments(), voices(), segments(), voices())
def test_the_target_is_reached_exactly(
    old: list[DocSegment], old_voices: list[DocVoice], new: list[DocSegment], new_voices: list[DocVoice]
) -> None:
    before = build_document(old_voices, old)
    tr = Transform(before)
    steps_towards(tr, new_voices, new)
    tr.doc.check()
    assert segments_of(tr.doc) == new
    assert voices_of(tr.doc) == new_voices
    wired = [json.loads(json.dumps(step.to_json())) for step in tr.steps]
    assert apply_steps(before, wired).eq(tr.doc)


def test_a_segment_that_stays_is_not_touched() -> None:
    many = [DocSegment(f"s{n}", "speaker_1", n, n + 1, f"text {n}") for n in range(200)]
    before = build_document([DocVoice("speaker_1")], many)
    tr = Transform(before)
    steps_towards(tr, [DocVoice("speaker_1", "Ada")], many)
    assert len(tr.steps) == 1
    assert tr.doc.child(1) is before.child(1)
