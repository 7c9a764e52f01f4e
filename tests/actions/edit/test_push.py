"""Steps of a page are taken in order, whole, and never twice."""

from __future__ import annotations

from typing import Any

import pytest
from prosemirror.transform import Transform

from tests.written import nth
from transcripts.actions.edit.push import Moved, Push, Stale, push
from transcripts.actions.edit.read import document_at, document_of, steps_since
from transcripts.document.content import segment_place, segments_of
from transcripts.document.errors import BadTextError, SegmentTextTooLongError, StepsRejectedError
from transcripts.document.schema import SCHEMA
from transcripts.models import StepBatch, Transcript, User
from transcripts.timing.words import decode

Steps = list[dict[str, Any]]


def typing(transcript: Transcript, segment_id: str, at: int, text: str) -> Steps:
    """What a page sends when ``text`` is typed at an offset of a segment."""
    _, document = document_of(transcript)
    place = segment_place(document, segment_id)
    assert place is not None
    tr = Transform(document)
    tr.insert(place[0] + 1 + at, SCHEMA.text(text))
    return [dict(step.to_json()) for step in tr.steps]


def test_it_works(transcript: Transcript, editor: User) -> None:
    version, _ = document_of(transcript)
    before = nth(transcript, 1)
    steps = typing(transcript, before.key, 4, "suddenly ")
    assert push(transcript, Push(version, "page", steps, editor)) == version + 1
    after = nth(transcript, 1)
    assert (after.pk, after.rev, after.edited_by) == (before.pk, before.rev + 1, editor)
    assert after.text == "And suddenly then the bell rang?"
    old = {word.text: word for word in decode(before.words, before.start_ms)}
    kept = [word for word in decode(after.words, after.start_ms) if word.text in old]
    assert [old[word.text] for word in kept] == kept and len(kept) == len(old)
    batch = StepBatch.objects.get(v=version)
    assert (batch.user, batch.client, batch.kind, batch.keys) == (editor, "page", "edit", '["line1"]')


def test_a_late_push_is_told_how_far_the_document_is(transcript: Transcript, editor: User) -> None:
    version, _ = document_of(transcript)
    steps = typing(transcript, "line1", 0, "x")
    assert push(transcript, Push(version, "one", steps, editor)) == version + 1
    assert push(transcript, Push(version, "one", steps, editor)) == Stale(version + 1)
    assert push(transcript, Push(version + 9, "one", steps, editor)) == Stale(version + 1)
    assert nth(transcript, 1).text.count("x") == 1
    answer = steps_since(transcript, version)
    assert (answer.steps, answer.clients) == (steps, ["one"])


def test_who_comes_second_at_another_place_is_put_behind(transcript: Transcript, editor: User) -> None:
    version, _ = document_of(transcript)
    first, second = typing(transcript, "line0", 0, "xx"), typing(transcript, "line1", 0, "y")
    push(transcript, Push(version, "one", first, editor))
    late = Push(version, "two", second, editor, may_move=True)
    assert push(transcript, late) == Moved(version + 2)
    assert push(transcript, late) == Stale(version + 2)
    assert nth(transcript, 1).text.startswith("yAnd")
    answer = steps_since(transcript, version)
    assert answer.clients == ["one", "two"]
    assert answer.steps[1] == {**second[0], "from": second[0]["from"] + 2, "to": second[0]["to"] + 2}


def test_who_comes_second_at_the_same_place_or_in_another_way_has_to_ask(
    transcript: Transcript, editor: User
) -> None:
    version, _ = document_of(transcript)
    same, other = typing(transcript, "line0", 0, "y"), typing(transcript, "line1", 0, "y")
    push(transcript, Push(version, "one", typing(transcript, "line0", 0, "x"), editor))
    assert push(transcript, Push(version, "two", same, editor, may_move=True)) == Stale(version + 1)
    assert push(transcript, Push(version, "two", other, editor)) == Stale(version + 1)
    for bad in ({"stepType": "replace", "from": 9_999, "to": 9_999}, {"stepType": "attr", "pos": 9_999}, {}):
        assert push(transcript, Push(version, "two", [bad], editor, may_move=True)) == Stale(version + 1)


def test_every_version_can_be_had_again(transcript: Transcript, editor: User) -> None:
    first, document = document_of(transcript)
    texts = [segments_of(document)]
    for number in range(12):
        push(transcript, Push(first + number, "p", typing(transcript, "line0", 0, f"{number} "), editor))
        texts.append(segments_of(document_of(transcript)[1]))
    assert [segments_of(document_at(transcript, first + number)) for number in range(13)] == texts
    with pytest.raises(ValueError):
        document_at(transcript, first + 13)


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ([{"stepType": "nonsense"}], StepsRejectedError),
        ([{"stepType": "addMark"}], StepsRejectedError),
        ([{"stepType": "replace", "from": 0, "to": 3}], StepsRejectedError),
        ([{"stepType": "replace", "from": -5, "to": 99999}], StepsRejectedError),
        ([{"stepType": "replace"}], StepsRejectedError),
        ([{"stepType": "attr", "pos": 5, "attr": "start_ms", "value": "soon"}], StepsRejectedError),
        ([{"stepType": "attr", "pos": 5, "attr": "start_ms", "value": -1}], StepsRejectedError),
        ([{"stepType": "attr", "pos": 5, "attr": "held", "value": None}], StepsRejectedError),
    ],
)
def test_what_does_not_fit_changes_nothing(
    transcript: Transcript, editor: User, steps: Steps, error: type[StepsRejectedError]
) -> None:
    version, document = document_of(transcript)
    with pytest.raises(error):
        push(transcript, Push(version, "p", [*typing(transcript, "line0", 0, "lost "), *steps], editor))
    assert document_of(transcript) == (version, document) or document_of(transcript)[1].eq(document)
    assert nth(transcript, 0).text == "The harbour was quiet that morning."


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("two\nlines", BadTextError),
        ("bell\x07", BadTextError),
        ("half \ud83d of it", StepsRejectedError),
        ("x" * 20_001, SegmentTextTooLongError),
    ],
)
def test_text_that_cannot_be_kept_is_refused(
    transcript: Transcript, editor: User, text: str, error: type[StepsRejectedError]
) -> None:
    version, document = document_of(transcript)
    place = segment_place(document, "line0")
    assert place is not None
    at = place[0] + 1
    step = {
        "stepType": "replace",
        "from": at,
        "to": at,
        "slice": {"content": [{"type": "text", "text": text}]},
    }
    with pytest.raises(error):
        push(transcript, Push(version, "p", [step], editor))


def test_the_authority_puts_right_what_steps_leave(transcript: Transcript, editor: User) -> None:
    version, document = document_of(transcript)
    place = segment_place(document, "line0")
    assert place is not None
    tr = Transform(document)
    tr.split(place[0] + 5)  # both halves have the id now
    steps = [step.to_json() for step in tr.steps]
    assert push(transcript, Push(version, "p", steps, editor)) == version + len(steps) + 1
    rows = list(transcript.segments.all())
    assert [row.text for row in rows[:2]] == ["The ", "harbour was quiet that morning."]
    assert len({row.key for row in rows}) == 4 and rows[0].order < rows[1].order < rows[2].order
    assert steps_since(transcript, version).clients == ["p"] * len(steps) + [""]
