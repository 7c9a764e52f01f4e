"""Delete what nobody can reach any more."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .. import conf
from ..models import Take, Transcript
from .upload import discard_expired_uploads

logger = logging.getLogger(__name__)


def remove_leftovers() -> None:
    """Unfinished uploads past VOXWEB_UPLOAD_DAYS and trash past VOXWEB_TRASH_DAYS.

    What is still being recorded waits until it has ended, even in the trash.
    """
    now = timezone.now()
    discard_expired_uploads(now)
    old = Transcript.objects.filter(trashed_at__lt=now - timedelta(days=settings.TRASH_DAYS))
    for transcript in old.exclude(take__state=Take.State.OPEN).iterator():
        purge(transcript)


def purge(transcript: Transcript) -> None:
    """Delete a transcript for good: the rows first, so that a crash leaves files and never a broken page."""
    folder = conf.transcript_folder(transcript.code)
    transcript.delete()
    shutil.rmtree(folder, ignore_errors=True)
    logger.info("purged a transcript that was in the trash for %s days", settings.TRASH_DAYS)
