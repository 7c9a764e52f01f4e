"""The editable text of a transcript: snapshots and, between them, every change in order."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .transcript import Transcript


class TranscriptDoc(models.Model):
    """``version`` counts steps; the row of the transcript is the lock under which it grows."""

    transcript = models.OneToOneField(Transcript, on_delete=models.CASCADE, related_name="doc")
    version = models.BigIntegerField(default=0)
    snapshot_version = models.BigIntegerField(default=0)

    objects: ClassVar[models.Manager[TranscriptDoc]] = models.Manager()

    def __str__(self) -> str:
        return f"version {self.version} of {self.transcript_id}"


class DocSnapshot(models.Model):
    """The whole document at one version, as gzipped JSON."""

    doc = models.ForeignKey(TranscriptDoc, on_delete=models.CASCADE, related_name="snapshots")
    version = models.BigIntegerField()
    data = models.BinaryField()

    objects: ClassVar[models.Manager[DocSnapshot]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["doc", "version"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"version {self.version}"


class StepBatch(models.Model):
    """Steps that were accepted together. Rows are only ever added.

    ``v`` is the version before the batch and ``n`` its number of steps; ``client`` the page that sent it,
    empty for the server; ``steps`` and ``keys`` (ids of the segments it touched) are JSON.
    """

    class Kind(models.TextChoices):
        EDIT = "edit", "Edited on the page"
        LIVE = "live", "Said while recording"
        ASR = "asr", "Transcribed"
        API = "api", "Changed through the API"
        SPEAKERS = "speakers", "Speakers told apart"
        MERGE = "merge", "Another reading chosen"
        RESTORE = "restore", "Restored"
        SERVER = "server", "Put in order"

    doc = models.ForeignKey(TranscriptDoc, on_delete=models.CASCADE, related_name="batches")
    v = models.BigIntegerField()
    n = models.PositiveIntegerField()
    client = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.EDIT)
    steps = models.TextField()
    keys = models.TextField(default="[]")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[StepBatch]] = models.Manager()

    class Meta:
        ordering = ["v"]
        constraints = [models.UniqueConstraint(fields=["doc", "v"], name="batch_once")]

    def __str__(self) -> str:
        return f"{self.n} steps at {self.v}"
