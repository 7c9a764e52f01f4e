"""A transcript: the item of the library."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .codes import random_code

if TYPE_CHECKING:
    from .user import User


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    def visible_to(self, user: User) -> TranscriptQuerySet:
        """Everything this person owns or was added to, trash included."""
        return self.filter(Q(owner=user) | Q(pk__in=user.memberships.values("transcript")))

    def owned_by(self, user: User) -> TranscriptQuerySet:
        return self.filter(owner=user)

    def shared_with(self, user: User) -> TranscriptQuerySet:
        return self.filter(memberships__user=user).exclude(owner=user)

    def in_library(self) -> TranscriptQuerySet:
        return self.filter(trashed_at=None)

    def in_trash(self) -> TranscriptQuerySet:
        return self.exclude(trashed_at=None)

    def titled(self, words: str) -> TranscriptQuerySet:
        """Those whose title contains every one of the given words, in any case."""
        found = self
        for word in words.split()[:12]:
            found = found.filter(title__icontains=word)
        return found


class Transcript(models.Model):
    """Title, owner, language and state; audio, speakers, segments and jobs hang off it.

    ``version`` grows by one with every change that a reader of the page can see.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Transcribing"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        RECORDING = "recording", "Live"

    class Origin(models.TextChoices):
        UPLOAD = "upload", "Upload"
        URL = "url", "Link"
        LIVE = "live", "Recording"
        IMPORT = "import", "Import"

    code = models.CharField(max_length=24, unique=True, default=random_code, editable=False)
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="transcripts")
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.UPLOAD)
    language = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    trashed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[TranscriptQuerySet] = TranscriptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="transcript_library"),
            models.Index(fields=["trashed_at"], name="transcript_trash"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/t/{self.code}"

    def touch(self) -> None:
        """Count a visible change, so that open pages ask for what is new."""
        touch_all({self.pk})

    def move_to_state(self, state: Transcript.State) -> None:
        now = timezone.now()
        type(self).objects.filter(pk=self.pk).update(state=state, version=F("version") + 1, updated_at=now)
        self.state = state

    def rename(self, title: str) -> None:
        self.title = title.strip()[:300] or self.title
        self.save(update_fields=["title"])
        self.touch()

    def move_to_trash(self) -> None:
        """Hide it from the library; nothing is deleted and ``restore_from_trash`` brings it back."""
        self.trashed_at = timezone.now()
        self.save(update_fields=["trashed_at"])

    def restore_from_trash(self) -> None:
        self.trashed_at = None
        self.save(update_fields=["trashed_at"])


def touch_all(pks: Collection[int]) -> Collection[int]:
    """Count a visible change of several transcripts; returns those that still exist."""
    rows = Transcript.objects.filter(pk__in=pks)
    touched = rows.update(version=F("version") + 1, updated_at=timezone.now())
    return pks if touched == len(pks) else set(rows.values_list("pk", flat=True))
