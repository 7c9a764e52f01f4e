"""Versions with a name: kept by people, and set automatically before whatever replaces much text."""

from __future__ import annotations

from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from ...errors import VoxwebError
from ...models import Revision, StepBatch, Transcript, User
from ..edit.read import version_of
from ..file_name import plain_line

LONGEST_NAME = 120
MOST_VERSIONS = 500


class VersionUnknownError(VoxwebError):
    code: ClassVar[str] = "version_unknown"
    message = "This transcript has no such version. Reload the page to see its history as it is now."


class VersionNameMissingError(VoxwebError):
    code: ClassVar[str] = "version_name_missing"
    message = "Give the version a name that you will recognise later."


class TooManyVersionsError(VoxwebError):
    code: ClassVar[str] = "too_many_versions"
    message = (
        f"A transcript can have {MOST_VERSIONS} named versions. Remove names that you do not need any more; "
        "the versions themselves stay in the history."
    )


def name_version(transcript: Transcript, user: User, name: str, version: int | None = None) -> Revision:
    """Give a version a name; the present one where none is said.

    The same name for the same version is the same row, also when it was removed before: so removing can be
    undone. Raises VersionNameMissingError, VersionUnknownError, TooManyVersionsError.
    """
    name = _clean(name)
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        number = checked(transcript, version)
        rows = Revision.objects.filter(transcript=transcript)
        known = rows.filter(version=number, name=name, is_automatic=False).first()
        if known is not None:
            _bring_back(known)
            return known
        if rows.filter(removed_at=None, is_automatic=False).count() >= MOST_VERSIONS:
            raise TooManyVersionsError
        return rows.create(transcript=transcript, version=number, name=name, author=user)


def mark_point(transcript: Transcript, name: str, user: User | None = None) -> Revision:
    """Set an automatic point at the present version, before something replaces much of the text.

    Call it with the transcript locked, in the transaction of what follows. A point that is there already is
    used again.
    """
    point, _made = Revision.objects.get_or_create(
        transcript=transcript,
        version=version_of(transcript),
        name=name[:LONGEST_NAME],
        is_automatic=True,
        removed_at=None,
        defaults={"author": user},
    )
    return point


def rename_version(point: Revision, name: str) -> None:
    """A name that a person gives makes an automatic point a version of theirs."""
    point.name = _clean(name)
    point.is_automatic = False
    point.save(update_fields=["name", "is_automatic"])


def remove_name(point: Revision) -> None:
    """Take the name away; the version stays in the history, and naming it again brings the row back."""
    Revision.objects.filter(pk=point.pk, removed_at=None).update(removed_at=timezone.now())


def versions_of(transcript: Transcript) -> list[Revision]:
    """All that have a name, newest first."""
    rows = Revision.objects.filter(transcript=transcript, removed_at=None).select_related("author")
    return list(rows.order_by("-version", "-pk")[: 2 * MOST_VERSIONS])


def checked(transcript: Transcript, version: int | None) -> int:
    """A version that can be shown and restored; the present one for None. Raises VersionUnknownError.

    Where the program put something right at once (two passages with the same id), that belongs to it.
    """
    newest = version_of(transcript)
    if version is None or version == newest:
        return newest
    if not 0 <= version < newest:
        raise VersionUnknownError
    put_right = StepBatch.objects.filter(
        doc__transcript=transcript, v=version, kind=StepBatch.Kind.SERVER
    ).first()
    return version + put_right.n if put_right else version


def label_of(transcript: Transcript, version: int) -> str:
    """How a version is called in a sentence: its name, else when it was written."""
    rows = Revision.objects.filter(transcript=transcript, version=version, removed_at=None)
    point = rows.order_by("is_automatic", "pk").first()
    if point is not None and not point.is_automatic:
        return point.name
    last = StepBatch.objects.filter(doc__transcript=transcript, v__lt=version).order_by("-v").first()
    if last is None:
        return "the very beginning"
    return f"the text of {date_format(timezone.localtime(last.created_at), 'j M, H:i')}"


def _clean(name: str) -> str:
    name = plain_line(name, LONGEST_NAME)
    if not name:
        raise VersionNameMissingError
    return name


def _bring_back(point: Revision) -> None:
    if point.removed_at is not None:
        point.removed_at = None
        point.save(update_fields=["removed_at"])
