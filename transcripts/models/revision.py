"""A version of a transcript that has a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .transcript import Transcript


class Revision(models.Model):
    """``version`` is that of the document. ``is_automatic`` where the program set it, before a machine pass.

    A removed one is kept with ``removed_at``, so that removing can be undone; the version itself never goes.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="revisions")
    version = models.BigIntegerField()
    name = models.CharField(max_length=120)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_automatic = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Revision]] = models.Manager()

    class Meta:
        ordering = ["-version", "-pk"]

    def __str__(self) -> str:
        return self.name
