"""Who else may see or correct a transcript."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Router, Status

from ..access import OWNER, role_of, transcript_to_own, transcript_to_read
from ..actions.share import change_role, share_with, stop_sharing
from ..models import Membership, Transcript, User
from .request import ApiRequest
from .schemas import Error, MemberChange, MemberIn, MemberOut

router = Router(tags=["members"])


def describe_member(member: Membership) -> dict[str, Any]:
    return {
        "id": member.pk,
        "email": member.user.email,
        "name": member.user.display_name,
        "role": member.role,
        "added_at": member.added_at,
    }


def members_shown_to(user: User, transcript: Transcript) -> QuerySet[Membership]:
    """The owner sees everybody, a member only themselves: addresses are not for other guests."""
    members = transcript.memberships.select_related("user")
    return members if role_of(user, transcript) == OWNER else members.filter(user=user)


def member_or_404(members: QuerySet[Membership], pk: int) -> Membership:
    member = members.filter(pk=pk).first()
    if member is None:
        raise Http404
    return member


@router.get("/transcripts/{code}/members", response={200: list[MemberOut], 404: Error})
def list_members(request: ApiRequest, code: str) -> list[dict[str, Any]]:
    """Everybody who was added; somebody who was added themselves sees only their own entry."""
    transcript = transcript_to_read(request.auth, code)
    return [describe_member(member) for member in members_shown_to(request.auth, transcript)]


@router.post("/transcripts/{code}/members", response={201: MemberOut, 403: Error, 404: Error, 422: Error})
def add_member(request: ApiRequest, code: str, member: MemberIn) -> Status[dict[str, Any]]:
    """Add the person with this e-mail address, who needs an account here."""
    transcript = transcript_to_own(request.auth, code)
    return Status(201, describe_member(share_with(transcript, member.email, member.role)))


@router.patch("/transcripts/{code}/members/{int:id}", response={200: MemberOut, 403: Error, 404: Error})
def change_member(request: ApiRequest, code: str, id: int, change: MemberChange) -> dict[str, Any]:
    """Give somebody another role."""
    transcript = transcript_to_own(request.auth, code)
    member = member_or_404(members_shown_to(request.auth, transcript), id)
    change_role(member, change.role)
    return describe_member(member)


@router.delete("/transcripts/{code}/members/{int:id}", response={204: None, 403: Error, 404: Error})
def remove_member(request: ApiRequest, code: str, id: int) -> Status[None]:
    """Take somebody's access away; members may remove themselves."""
    transcript = transcript_to_read(request.auth, code)
    own = transcript.memberships.filter(pk=id, user=request.auth).first()
    if own is None:
        transcript_to_own(request.auth, code)
    stop_sharing(own or member_or_404(transcript.memberships.all(), id))
    return Status(204, None)
