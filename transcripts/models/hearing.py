"""What a machine heard, word for word: never changed afterwards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from .codes import segment_key
from .job import Job
from .transcript import Transcript


class Hearing(models.Model):
    """One pass over a recording. The latest complete one is the base that people's changes are told by."""

    class Kind(models.TextChoices):
        LIVE = "live", "While recording"
        FILE = "file", "From the file"

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="hearings")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="hearings")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.FILE)
    model = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Hearing]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.model})"


class HeardSegment(models.Model):
    """A segment as the machine gave it. ``key`` is the id that it got in the document.

    ``part`` is the chunk of the file that it was heard in, ``voice`` the speaker label inside that chunk,
    ``speaker`` the label of the Speaker it was linked to. ``words`` is as in ``Segment``; ``doubts`` are
    ``[start_ms, end_ms, reason]`` of words that may be wrong.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=16, default=segment_key)
    part = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    text = models.TextField()
    words = models.TextField(default="[]")
    timing_method = models.CharField(max_length=12, default="interpolated")
    voice = models.CharField(max_length=80, blank=True)
    speaker = models.CharField(max_length=80, blank=True)
    doubts: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(default=list)

    objects: ClassVar[models.Manager[HeardSegment]] = models.Manager()

    class Meta:
        ordering = ["part", "order", "pk"]
        indexes = [models.Index(fields=["hearing", "start_ms"], name="heard_by_time")]

    def __str__(self) -> str:
        return self.text[:60]
