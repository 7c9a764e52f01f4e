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

    ``timing_method`` says where the word times come from: api, acoustic or interpolated.
    ``part`` is the chunk of the file that it was heard in, ``voice`` the speaker label inside that chunk
    (before voices are linked across chunks); ``rev`` grows with each change of the row.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=16, default=segment_key)
    part = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    voice = models.CharField(max_length=80, blank=True)
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

    objects: ClassVar[SegmentQuerySet] = SegmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["part", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "key"], name="segment_key_once"),
            models.UniqueConstraint(fields=["transcript", "part", "order"], name="segment_place_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
