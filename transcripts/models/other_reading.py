"""What a later machine pass heard where a person had changed the text differently."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from .hearing import Hearing
from .transcript import Transcript


class OtherReading(models.Model):
    """Kept beside the person's words, never in their place. ``words`` as in ``Segment``.

    ``key`` is the id of the segment, which may be edited on; ``mine`` is what stood at ``offset`` (UTF-16
    units) of its text, ``text`` what the pass heard there instead. Taking it over swaps the two, so that it
    can be taken back; a dismissed one is kept with ``hidden_at``.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="other_readings")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.SET_NULL, null=True, blank=True, related_name="other_readings"
    )
    key = models.CharField(max_length=16)
    mine = models.TextField(blank=True)
    offset = models.PositiveIntegerField(default=0)
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    text = models.TextField()
    words = models.TextField(default="[]")
    timing_method = models.CharField(max_length=12, default="interpolated")
    created_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[OtherReading]] = models.Manager()

    class Meta:
        ordering = ["start_ms", "pk"]
        indexes = [models.Index(fields=["transcript", "key"], name="reading_of_segment")]

    def __str__(self) -> str:
        return self.text[:60]
