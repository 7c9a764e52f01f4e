"""A correction counts once, never over somebody else's, and leaves other words their moments."""

from __future__ import annotations

import pytest

from tests.written import nth
from transcripts.actions.correct_segment import (
    LONGEST_TEXT,
    Correction,
    SegmentChangedError,
    SegmentGoneError,
    SegmentTextTooLongError,
    SpeakerUnknownError,
    correct_segment,
)
from transcripts.actions.set_segment_times import SegmentTimesError
from transcripts.models import Segment, StepBatch, Transcript, User
from transcripts.timing.words import check, decode


def second(transcript: Transcript) -> Segment:
    return nth(transcript, 1)


def last_batch(transcript: Transcript) -> StepBatch:
    return StepBatch.objects.filter(doc__transcript=transcript).order_by("v").reverse()[0]


def test_it_works(transcript: Transcript, editor: User) -> None:
    before = second(transcript)
    after = correct_segment(transcript, before.key, 1, "  And then the great\nbell rang!", editor)
    assert (after.pk, after.key, after.rev, after.edited_by) == (before.pk, before.key, 2, editor)
    assert (after.text, after.start_ms, after.end_ms) == ("And then the great bell rang!", 2600, 4200)
    old = {word.text.strip("?"): word for word in decode(before.words, before.start_ms)}
    words = decode(after.words, after.start_ms)
    check(words, after.start_ms, after.end_ms)
    for word in words:
        if word.text != "great":
            assert word[:2] == old[word.text.strip("!")][:2]
    transcript.refresh_from_db()
    assert transcript.version == 4
    batch = last_batch(transcript)
    assert (batch.kind, batch.user) == (StepBatch.Kind.API, editor)


def test_text_speaker_and_times_are_one_change(transcript: Transcript, editor: User) -> None:
    row, somebody = second(transcript), transcript.speakers.all()[0]
    after = correct_segment(
        transcript, row.key, 1, Correction("And then?", somebody.pk, start_ms=2500, end_ms=4100), editor
    )
    assert (after.text, after.speaker, after.rev) == ("And then?", somebody, 2)
    assert (after.start_ms, after.end_ms, after.is_held) == (2500, 4100, True)
    check(decode(after.words, after.start_ms), 2500, 4100)
    nobody = correct_segment(transcript, row.key, 2, Correction(speaker=None), editor)
    assert (nobody.speaker, nobody.text, nobody.is_held) == (None, "And then?", True)


def test_the_slower_of_two_people_is_told(transcript: Transcript, editor: User, owner: User) -> None:
    key = second(transcript).key
    correct_segment(transcript, key, 1, "Faster", owner)
    with pytest.raises(SegmentChangedError) as caught:
        correct_segment(transcript, key, 1, "Slower", editor)
    assert (caught.value.segment.text, caught.value.segment.rev) == ("Faster", 2)
    assert second(transcript).text == "Faster"
    with pytest.raises(SegmentChangedError):
        correct_segment(transcript, key, 9, "From nowhere", editor)
    with pytest.raises(SegmentChangedError):
        correct_segment(transcript, key, 1, Correction("Faster", end_ms=4000), owner)


def test_an_answer_that_got_lost_may_be_asked_for_again(transcript: Transcript, editor: User) -> None:
    key = second(transcript).key
    for _ in range(2):
        assert correct_segment(transcript, key, 1, "Once", editor).rev == 2
    for _ in range(2):
        assert correct_segment(transcript, key, 2, Correction(start_ms=2700), editor).rev == 3
    assert Transcript.objects.get().version == 5


def test_the_same_text_is_no_change(transcript: Transcript, editor: User) -> None:
    row = second(transcript)
    assert correct_segment(transcript, row.key, 1, row.text, editor).edited_by is None
    assert Transcript.objects.get().version == 3
    held = correct_segment(transcript, row.key, 1, Correction(start_ms=row.start_ms), editor)
    assert (held.is_held, held.rev) == (True, 2)


def test_a_passage_can_be_emptied_and_filled_again(transcript: Transcript, editor: User) -> None:
    key = second(transcript).key
    assert correct_segment(transcript, key, 1, " ", editor).words == "[]"
    filled = correct_segment(transcript, key, 2, "Back again", editor)
    check(decode(filled.words, filled.start_ms), filled.start_ms, filled.end_ms)


def test_what_cannot_be_saved_is_told(transcript: Transcript, editor: User) -> None:
    with pytest.raises(SegmentGoneError):
        correct_segment(transcript, "nothere", 1, "Text", editor)
    other = Transcript.objects.create(title="Other", owner=editor)
    with pytest.raises(SegmentGoneError):
        correct_segment(other, second(transcript).key, 1, "Text", editor)
    with pytest.raises(SegmentTextTooLongError):
        correct_segment(transcript, second(transcript).key, 1, "x" * (LONGEST_TEXT + 1), editor)
    with pytest.raises(SpeakerUnknownError):
        correct_segment(transcript, second(transcript).key, 1, Correction("x", 0), editor)
    assert second(transcript).rev == 1


@pytest.mark.parametrize(
    ("start_ms", "end_ms"), [(4200, 4200), (3000, 2900), (None, 7001), (4401, 5000), (-1, None), (5000, None)]
)
def test_impossible_times_are_refused(
    transcript: Transcript, editor: User, start_ms: int | None, end_ms: int | None
) -> None:
    key = second(transcript).key
    with pytest.raises(SegmentTimesError) as caught:
        correct_segment(transcript, key, 1, Correction("x", start_ms=start_ms, end_ms=end_ms), editor)
    assert caught.value.detail == {
        "earliest_start_ms": 0, "latest_start_ms": 4400, "latest_end_ms": 7000,
    }  # fmt: skip
    assert second(transcript).text == "And then the bell rang?"


def test_two_people_may_talk_at_once(transcript: Transcript, editor: User) -> None:
    key = second(transcript).key
    assert correct_segment(transcript, key, 1, Correction(start_ms=0, end_ms=7000), editor).end_ms == 7000
