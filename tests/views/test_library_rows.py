"""What a row says about its transcript."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.models import Job, JobPart, Recording, Speaker, Transcript, User
from transcripts.views.library_rows import Row, read_cursor, with_details, write_cursor


def row_of(transcript: Transcript) -> Row:
    return Row(with_details(Transcript.objects.filter(pk=transcript.pk)).get())


def test_it_works(transcript: Transcript) -> None:
    row = row_of(transcript)
    assert row.chip == ("ok", "Ready")
    assert row.voices == "Speaker 1 and Speaker 2"
    assert (row.progress, row.trouble, row.job_action) == (None, "", None)


EPOCH = datetime.fromisoformat("1970-01-01T00:00:00")


@given(st.datetimes(timezones=st.just(UTC), min_value=EPOCH), st.integers(0, 2**63 - 1))
def test_a_cursor_is_read_as_it_was_written(when: datetime, pk: int) -> None:
    assert read_cursor(write_cursor(when, pk)) == (when, pk)


@given(st.text(max_size=40))
def test_any_other_text_is_no_cursor(text: str) -> None:
    found = read_cursor(text)
    assert found is None or isinstance(found[1], int)


def test_progress_of_a_running_job(transcript: Transcript) -> None:
    job = Job.objects.create(transcript=transcript, state=Job.State.PARTS, stage="parts", total_ms=3_660_000)
    for index, (state, heard_ms) in enumerate([("done", 0), ("running", 240_000)]):
        JobPart.objects.create(
            job=job, index=index, start_ms=index * 1_800_000, end_ms=1_800_000 + index * 1_860_000,
            file="x.flac", state=state, partial={"heard_ms": heard_ms},
        )  # fmt: skip
    row = row_of(transcript)
    assert row.chip == ("busy", "Transcribing")
    assert row.progress_text == "Transcribing: 34 of 61 minutes"
    assert row.job_action is not None
    assert row.job_action["url"].endswith("/cancel")


def test_a_job_that_waits_says_why(transcript: Transcript) -> None:
    job = Job.objects.create(transcript=transcript, state=Job.State.QUEUED)
    assert row_of(transcript).chip == ("busy", "Waiting")
    assert row_of(transcript).progress_text == "Waiting for its turn"
    Job.objects.filter(pk=job.pk).update(error_code="busy", error_message="The service is busy.")
    assert row_of(transcript).progress_text == "The service is busy."


def test_a_failure_offers_another_try(transcript: Transcript) -> None:
    Job.objects.create(transcript=transcript, state=Job.State.FAILED, error_message="No sound in it.")
    transcript.move_to_state(Transcript.State.FAILED)
    row = row_of(transcript)
    assert row.chip == ("bad", "Failed")
    assert row.trouble == "No sound in it."
    assert row.job_action is not None
    assert row.job_action["label"] == "Try again"


def test_part_of_a_file_is_called_partial(transcript: Transcript) -> None:
    Recording.objects.filter(transcript=transcript).update(unreadable_message="It ends after 4 minutes.")
    assert row_of(transcript).chip == ("warn", "Partial")
    assert row_of(transcript).trouble == "It ends after 4 minutes."


def test_a_stopped_transcription_without_text(transcript: Transcript) -> None:
    Job.objects.create(transcript=transcript, state=Job.State.CANCELLED, error_message="You stopped it.")
    transcript.move_to_state(Transcript.State.FAILED)
    assert row_of(transcript).chip == ("", "Stopped")


@pytest.mark.parametrize(("count", "words"), [(3, "and 1 other"), (5, "and 3 others")])
def test_many_voices(transcript: Transcript, count: int, words: str) -> None:
    for order in range(2, count):
        Speaker.objects.create(transcript=transcript, label=f"speaker_{order + 1}", order=order)
    assert row_of(transcript).voices == f"Speaker 1, Speaker 2 {words}"


def test_kinds(transcript: Transcript, owner: User) -> None:
    assert row_of(transcript).icon == "file-audio"
    Recording.objects.filter(transcript=transcript).update(has_video=True)
    assert row_of(transcript).kind == "Video"
    bare = Transcript.objects.create(title="Live", owner=owner, origin=Transcript.Origin.LIVE)
    assert (row_of(bare).icon, row_of(bare).duration_ms) == ("mic", None)


def test_a_running_take_is_live_and_has_no_job_to_act_on(transcript: Transcript) -> None:
    transcript.move_to_state(Transcript.State.RECORDING)
    Job.objects.create(transcript=transcript, state=Job.State.CANCELLED, error_message="You stopped this.")
    row = row_of(transcript)
    assert row.chip == ("live", "Live")
    assert (row.progress, row.trouble, row.job_action) == (None, "", None)
