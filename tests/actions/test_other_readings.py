"""The machine's words beside a person's: taken over, taken back, put away, and never lost."""

from __future__ import annotations

import pytest

from tests.written import nth
from transcripts.actions.correct_segment import Correction, correct_segment
from transcripts.actions.other_readings import (
    ReadingPlaceGoneError,
    hide_reading,
    show_reading,
    use_reading,
)
from transcripts.actions.segment_to_change import SegmentGoneError
from transcripts.models import OtherReading, Segment, StepBatch, Transcript, User
from transcripts.timing.words import decode


@pytest.fixture
def reading(transcript: Transcript, editor: User) -> OtherReading:
    row = nth(transcript, 1)
    correct_segment(transcript, row.key, row.rev, Correction(text="And then the BELLS rang?"), editor)
    return OtherReading.objects.create(
        transcript=transcript, key=row.key, offset=13, mine="BELLS", text="belt", start_ms=3500, end_ms=3800
    )


def correct(reading: OtherReading, text: str, user: User) -> None:
    row = segment_of(reading)
    correct_segment(reading.transcript, row.key, row.rev, Correction(text=text), user)


def segment_of(reading: OtherReading) -> Segment:
    return Segment.objects.get(transcript=reading.transcript, key=reading.key)


def test_it_works(reading: OtherReading, owner: User) -> None:
    before = segment_of(reading)
    after = use_reading(reading, owner)
    assert (after.text, after.edited_by, after.pk) == ("And then the belt rang?", owner, before.pk)
    old, new = decode(before.words, before.start_ms), decode(after.words, after.start_ms)
    assert [word[:2] for word in new] == [word[:2] for word in old]
    reading.refresh_from_db()
    assert (reading.mine, reading.text) == ("belt", "BELLS")
    assert StepBatch.objects.latest("v").kind == StepBatch.Kind.MERGE


def test_it_can_be_taken_back(reading: OtherReading, owner: User) -> None:
    before = segment_of(reading)
    use_reading(reading, owner)
    hide_reading(reading)
    after = use_reading(reading, owner)
    assert (after.text, after.words) == (before.text, before.words)
    reading.refresh_from_db()
    assert (reading.mine, reading.text, reading.hidden_at) == ("BELLS", "belt", None)


def test_both_stand_one_after_the_other(reading: OtherReading, owner: User) -> None:
    assert use_reading(reading, owner, both=True).text == "And then the BELLS belt rang?"
    assert use_reading(reading, owner).text == "And then the BELLS rang?"


def test_the_place_is_found_again_after_other_edits(reading: OtherReading, owner: User) -> None:
    correct(reading, "Oh well. And, then, the BELLS rang?", owner)
    assert use_reading(reading, owner).text == "Oh well. And, then, the belt rang?"


def test_a_place_that_has_gone_is_told(reading: OtherReading, owner: User) -> None:
    correct(reading, "Nothing of it", owner)
    with pytest.raises(ReadingPlaceGoneError):
        use_reading(reading, owner)
    assert segment_of(reading).text == "Nothing of it"
    OtherReading.objects.update(key="gone")
    with pytest.raises(SegmentGoneError):
        use_reading(OtherReading.objects.get(), owner)


def test_words_that_the_machine_did_not_hear_can_go(reading: OtherReading, owner: User) -> None:
    OtherReading.objects.update(text="")
    assert use_reading(reading, owner).text == "And then the rang?"


def test_an_empty_passage_is_filled(reading: OtherReading, owner: User) -> None:
    correct(reading, "", owner)
    OtherReading.objects.update(mine="", offset=0)
    assert use_reading(reading, owner).text == "belt"
    assert use_reading(reading, owner).text == ""


def test_a_reading_is_hidden_once_shown_again_and_kept(reading: OtherReading) -> None:
    version = Transcript.objects.get().version
    hide_reading(reading)
    first = reading.hidden_at
    hide_reading(reading)
    assert first is not None and reading.hidden_at == first
    assert Transcript.objects.get().version == version + 1
    show_reading(reading)
    shown = OtherReading.objects.get()
    assert (shown.hidden_at, shown.text) == (None, "belt")
