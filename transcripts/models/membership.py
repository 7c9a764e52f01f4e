"""Who else may see or change a transcript."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .transcript import Transcript


class Membership(models.Model):
    class Role(models.TextChoices):
        VIEWER = "viewer", "Can read and listen"
        EDITOR = "editor", "Can correct"

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Membership]] = models.Manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["transcript", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
