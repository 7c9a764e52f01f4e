"""One step back from a new transcription: the text from before it, as one change."""

from __future__ import annotations

from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from ..errors import VoxwebError
from ..models import Job, OtherReading, Transcript, User
from .history.restore import restore_version

NEW_TEXT = "new_text"
"""The notice of a job that says which version it replaced."""


class NothingToPutBackError(VoxwebError):
    code: ClassVar[str] = "nothing_to_put_back"
    message = "The text from before is in place already. All versions are in the history."


def put_back(transcript: Transcript, job: Job, user: User) -> int:
    """Restore the version from before ``job``; what was written since stays in the history.

    The questions that its text raised go with it. Raises NothingToPutBackError.
    """
    with transaction.atomic():
        Transcript.objects.select_for_update().get(pk=transcript.pk)
        job.refresh_from_db()
        before = next((notice for notice in job.notices if notice["code"] == NEW_TEXT), None)
        if before is None:
            raise NothingToPutBackError
        version = restore_version(transcript, int(before["version"]), user)
        OtherReading.objects.filter(hearing__job=job, hidden_at=None).update(hidden_at=timezone.now())
        job.notices = [notice for notice in job.notices if notice is not before]
        job.save(update_fields=["notices"])
    return version
