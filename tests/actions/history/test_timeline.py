"""A page of the timeline, with the versions that have names in their places."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from tests.actions.history.written_history import rewrite
from transcripts.actions.edit.read import version_of
from transcripts.actions.history.timeline import people_of, timeline
from transcripts.actions.history.versions import name_version
from transcripts.models import Revision, StepBatch, Transcript, User


def long_ago(transcript: Transcript) -> None:
    """Move everything so far an hour into the past."""
    batches = StepBatch.objects.filter(doc__transcript=transcript)
    batches.update(created_at=F("created_at") - timedelta(hours=1))


def test_it_works(transcript: Transcript, owner: User, editor: User) -> None:
    name_version(transcript, owner, "As heard")
    rewrite(transcript, editor, "line1", "Other")
    name_version(transcript, owner, "Draft")
    name_version(transcript, owner, "Beginning", 0)
    found = timeline(transcript)
    told = [(entry.title, [point.name for point in entry.points]) for entry in found.entries]
    assert told == [("Edgar Editor corrected 1 passage", ["Draft"]), ("New transcription", ["As heard"])]
    assert [point.name for point in found.first_points] == ["Beginning"]
    assert found.entries[0].who == editor and found.entries[1].who is None
    assert people_of(transcript) == [editor]


def test_every_point_stands_on_exactly_one_page(transcript: Transcript, owner: User) -> None:
    for number in range(9):
        long_ago(transcript)
        rewrite(transcript, owner, "line1", f"Text {number}")
        name_version(transcript, owner, f"v{number}")
    names: list[str] = []
    before = None
    while True:
        page = timeline(transcript, before=before, most_changes=2)
        assert len(page.entries) <= 2
        names += [point.name for entry in page.entries for point in entry.points]
        before = page.before_version
        if before is None:
            break
    assert names == [f"v{number}" for number in reversed(range(9))]


def test_who_has_left_is_still_told(transcript: Transcript, editor: User) -> None:
    rewrite(transcript, editor, "line1", "Other")
    editor.delete()
    assert timeline(transcript).entries[0].title == "Somebody who has left corrected 1 passage"


def test_removed_names_are_not_shown(transcript: Transcript, owner: User) -> None:
    point = name_version(transcript, owner, "Draft")
    Revision.objects.filter(pk=point.pk).update(removed_at=point.created_at)
    assert timeline(transcript).entries[0].points == []
    assert version_of(transcript) == point.version
