"""Every permission question is one function here.

Functions named ``…_to_<verb>`` return the thing or raise Http404: to a stranger a transcript that is
not theirs looks exactly like one that does not exist. Somebody who may see a thing but not change it
gets ``NotAllowedError`` with a sentence instead.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from .errors import VoxwebError
from .models import Job, Membership, Take, Transcript, Upload, User
from .models.transcript import TranscriptQuerySet

Person = User | AnonymousUser

OWNER = "owner"
EDITOR = Membership.Role.EDITOR.value
VIEWER = Membership.Role.VIEWER.value


class NotAllowedError(VoxwebError):
    code: ClassVar[str] = "not_allowed"
    message = "You can read this transcript but not change it. Ask its owner to make you an editor."


def role_of(person: Person, transcript: Transcript) -> str | None:
    """Return "owner", "editor", "viewer" or None for a stranger."""
    if not isinstance(person, User) or not person.is_active:
        return None
    if transcript.owner_id == person.pk:
        return OWNER
    return (
        Membership.objects.filter(transcript=transcript, user=person).values_list("role", flat=True).first()
    )


def visible_transcripts(person: Person) -> TranscriptQuerySet:
    """All that this person may read; empty for anonymous people."""
    if not isinstance(person, User) or not person.is_active:
        return Transcript.objects.none()
    return Transcript.objects.visible_to(person)


def transcript_to_read(person: Person, code: str) -> Transcript:
    transcript = visible_transcripts(person).select_related("owner", "recording").filter(code=code).first()
    if transcript is None:
        raise Http404("No such transcript.")
    if transcript.trashed_at and role_of(person, transcript) != OWNER:
        raise Http404("No such transcript.")
    return transcript


def still_readable(pairs: Collection[tuple[User, str]]) -> set[tuple[User, str]]:
    """Of people and codes, the pairs that ``transcript_to_read`` would grant; two queries for all of them."""
    codes = {code for _person, code in pairs}
    rows = Transcript.objects.filter(code__in=codes).values_list("code", "owner", "trashed_at")
    owners = {(code, owner) for code, owner, _trashed_at in rows}
    shared = {code for code, _owner, trashed_at in rows if trashed_at is None}
    members = Membership.objects.filter(transcript__code__in=shared, user__in={person for person, _ in pairs})
    granted = owners | set(members.values_list("transcript__code", "user"))
    return {(person, code) for person, code in pairs if person.is_active and (code, person.pk) in granted}


def transcript_to_edit(person: Person, code: str) -> Transcript:
    """Owner and editors may correct, rename speakers and run jobs."""
    transcript = transcript_to_read(person, code)
    if role_of(person, transcript) not in {OWNER, EDITOR}:
        raise NotAllowedError
    return transcript


def transcript_to_own(person: Person, code: str) -> Transcript:
    """Only the owner may share, trash and restore."""
    transcript = transcript_to_read(person, code)
    if role_of(person, transcript) != OWNER:
        raise NotAllowedError("Only the owner of this transcript can do that.")
    return transcript


def job_to_read(person: Person, pk: int) -> Job:
    job = Job.objects.select_related("transcript__owner").filter(pk=pk).first()
    if job is None:
        raise Http404("No such job.")
    transcript_to_read(person, job.transcript.code)
    return job


def job_to_edit(person: Person, pk: int) -> Job:
    job = job_to_read(person, pk)
    transcript_to_edit(person, job.transcript.code)
    return job


def upload_to_continue(person: Person, code: str) -> Upload:
    """An upload belongs to the person who began it, and to nobody else."""
    upload = None
    if isinstance(person, User) and person.is_active:
        upload = Upload.objects.filter(owner=person, code=code).first()
    if upload is None:
        raise Http404("No such upload.")
    return upload


def take_to_record(person: Person, code: str) -> Take:
    """A take is recorded, ended and given sound by its owner only, also when others may correct its text."""
    transcript = transcript_to_own(person, code)
    take = Take.objects.select_related("transcript__owner").filter(transcript=transcript).first()
    if take is None:
        raise Http404("No such recording.")
    return take
