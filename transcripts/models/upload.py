"""A file on its way up, piece by piece (tus 1.0)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .codes import random_code
from .transcript import Transcript


class Upload(models.Model):
    """``total_bytes`` was announced; how much has arrived is the size of the file itself.

    ``options`` are the transcription options the person chose; ``transcript`` is set once the upload
    became a transcript (its own, or the existing one with the same sound).
    """

    code = models.CharField(max_length=24, unique=True, default=random_code)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    filename = models.CharField(max_length=255)
    total_bytes = models.BigIntegerField()
    options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    transcript = models.ForeignKey(
        Transcript, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads"
    )

    objects: ClassVar[models.Manager[Upload]] = models.Manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename
