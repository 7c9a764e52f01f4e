"""Let another person see or correct a transcript, and take that back."""

from __future__ import annotations

from typing import ClassVar

from django.db import transaction

from ..errors import VoxwebError
from ..models import Membership, Transcript, User


class PersonUnknownError(VoxwebError):
    code: ClassVar[str] = "person_unknown"
    message = "Nobody has an account with this e-mail address. Ask them to create one first, then add them."


class AlreadyOwnerError(VoxwebError):
    code: ClassVar[str] = "already_owner"
    message = "This person owns the transcript already and can do everything with it."


class RoleUnknownError(VoxwebError):
    code: ClassVar[str] = "role_unknown"
    message = "The role must be viewer or editor."


def share_with(transcript: Transcript, email: str, role: str) -> Membership:
    """Add the person with this e-mail address, or change the role of one who is there already.

    Raises PersonUnknownError, AlreadyOwnerError, RoleUnknownError.
    """
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise PersonUnknownError
    if person.pk == transcript.owner_id:
        raise AlreadyOwnerError
    checked = known_role(role)
    with transaction.atomic():
        member, _ = Membership.objects.update_or_create(
            transcript=transcript, user=person, defaults={"role": checked}
        )
        transcript.touch()
    return member


def change_role(member: Membership, role: str) -> None:
    """Raises RoleUnknownError."""
    with transaction.atomic():
        member.role = known_role(role)
        member.save(update_fields=["role"])
        member.transcript.touch()


def stop_sharing(member: Membership) -> None:
    with transaction.atomic():
        member.delete()
        member.transcript.touch()


def known_role(role: str) -> str:
    if role not in Membership.Role.values:
        raise RoleUnknownError
    return role
