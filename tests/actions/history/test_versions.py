"""Versions with a name."""

from __future__ import annotations

import pytest

from tests.actions.history.written_history import rewrite
from transcripts.actions.edit.read import version_of
from transcripts.actions.history.versions import (
    MOST_VERSIONS,
    TooManyVersionsError,
    VersionNameMissingError,
    VersionUnknownError,
    checked,
    label_of,
    mark_point,
    name_version,
    remove_name,
    rename_version,
    versions_of,
)
from transcripts.models import Revision, Transcript, User


def test_it_works(transcript: Transcript, owner: User) -> None:
    first = name_version(transcript, owner, "Draft")
    rewrite(transcript, owner, "line1", "Other")
    second = name_version(transcript, owner, "Final")
    assert versions_of(transcript) == [second, first]
    assert (first.version, second.version) == (second.version - 1, version_of(transcript))
    assert label_of(transcript, first.version) == "Draft"
    remove_name(second)
    assert versions_of(transcript) == [first]
    assert name_version(transcript, owner, "Final") == second
    assert versions_of(transcript) == [second, first]


def test_an_automatic_point_becomes_a_persons_by_its_name(transcript: Transcript) -> None:
    point = mark_point(transcript, "Before a new transcription")
    assert mark_point(transcript, "Before a new transcription") == point
    assert label_of(transcript, point.version).startswith("the text of ")
    rename_version(point, "  Keep\tthis ")
    assert (point.name, point.is_automatic) == ("Keep this", False)
    assert label_of(transcript, point.version) == "Keep this"


def test_the_beginning_has_a_label(transcript: Transcript) -> None:
    assert label_of(transcript, 0) == "the very beginning"


@pytest.mark.parametrize("name", ["", "   ", "\u202e\n"])
def test_a_name_can_be_seen(transcript: Transcript, owner: User, name: str) -> None:
    with pytest.raises(VersionNameMissingError):
        name_version(transcript, owner, name)
    assert not Revision.objects.exists()


def test_versions_that_never_were(transcript: Transcript, owner: User) -> None:
    for never in (-1, version_of(transcript) + 1):
        with pytest.raises(VersionUnknownError):
            checked(transcript, never)
        with pytest.raises(VersionUnknownError):
            name_version(transcript, owner, "x", never)


def test_names_are_not_without_end(transcript: Transcript, owner: User) -> None:
    Revision.objects.bulk_create(
        Revision(transcript=transcript, version=0, name=f"v{number}") for number in range(MOST_VERSIONS)
    )
    with pytest.raises(TooManyVersionsError):
        name_version(transcript, owner, "One more")
    mark_point(transcript, "Before restoring Draft")
