"""A segment: a stretch of text of one speaker with its moments."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from .codes import segment_key
from .speaker import Speaker
from .transcript import Transcript


class SegmentQuerySet(models.QuerySet["Segment"]):
    def without_words(self) -> SegmentQuerySet:
        """Leave the word table out: opening a page costs a tenth without it."""
        return self.defer("words")


class Segment(models.Model):
    """``words`` is the compact JSON text of ``transcripts.timing.words``, passed through unparsed.

    A row is a reading of one segment of the document, written in the transaction of the change.
    ``timing_method`` says where the word times come from: api, acoustic or interpolated. ``order`` is the
    place in the document, with gaps; ``rev`` grows with each change of the row; ``is_held``: times were set
    by hand; ``edited_by`` is the person who changed it last, empty for the machine's own words.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=16, default=segment_key)
    order = models.BigIntegerField(default=0)
    speaker = models.ForeignKey(
        Speaker, on_delete=models.SET_NULL, null=True, blank=True, related_name="segments"
    )
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    text = models.TextField()
    words = models.TextField(default="[]")
    timing_method = models.CharField(max_length=12, default="interpolated")
    rev = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    edited_at = models.DateTimeField(null=True, blank=True)
    is_held = models.BooleanField(default=False)

    objects: ClassVar[SegmentQuerySet] = SegmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["transcript", "key"], name="segment_key_once")]
        indexes = [models.Index(fields=["transcript", "order"], name="segment_in_order")]

    def __str__(self) -> str:
        return self.text[:60]
