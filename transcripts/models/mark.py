"""A moment somebody marked, with or without a note."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .codes import segment_key
from .transcript import Transcript


class Mark(models.Model):
    """``at_ms`` is media time, so a mark stays on its moment whatever happens to the text.

    ``key`` is made by whoever sets the mark: sent twice, it is one mark. A removed mark is kept with
    ``removed_at``, so that removing can be undone.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="marks")
    key = models.CharField(max_length=40, default=segment_key)
    at_ms = models.BigIntegerField()
    note = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Mark]] = models.Manager()

    class Meta:
        ordering = ["at_ms", "pk"]
        constraints = [models.UniqueConstraint(fields=["transcript", "key"], name="mark_key_once")]

    def __str__(self) -> str:
        return self.note[:60] or f"mark at {self.at_ms} ms"
