"""Sharing with people by e-mail."""

from __future__ import annotations

import pytest

from transcripts.access import role_of
from transcripts.actions.share import (
    AlreadyOwnerError,
    PersonUnknownError,
    RoleUnknownError,
    change_role,
    share_with,
    stop_sharing,
)
from transcripts.models import Transcript, User


def test_it_works(transcript: Transcript, stranger: User) -> None:
    member = share_with(transcript, f" {stranger.email.upper()} ", "viewer")
    assert role_of(stranger, transcript) == "viewer"
    change_role(member, "editor")
    assert role_of(stranger, transcript) == "editor"
    stop_sharing(member)
    assert role_of(stranger, transcript) is None
    transcript.refresh_from_db()
    assert transcript.version == 6


def test_who_cannot_be_added_is_told_why(transcript: Transcript, owner: User, stranger: User) -> None:
    with pytest.raises(PersonUnknownError):
        share_with(transcript, "nobody@example.org", "viewer")
    with pytest.raises(AlreadyOwnerError):
        share_with(transcript, owner.email, "viewer")
    with pytest.raises(RoleUnknownError):
        share_with(transcript, stranger.email, "owner")
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    with pytest.raises(PersonUnknownError):
        share_with(transcript, stranger.email, "viewer")


def test_nobody_is_added_twice(transcript: Transcript, viewer: User) -> None:
    before = transcript.memberships.count()
    share_with(transcript, viewer.email, "editor")
    assert transcript.memberships.count() == before
    assert role_of(viewer, transcript) == "editor"
