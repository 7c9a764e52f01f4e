"""The sound (and picture) of a transcript."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .transcript import Transcript


class Recording(models.Model):
    """Media files of a transcript, as names relative to the media folder, and facts read from them.

    ``original_name`` is what the person's file was called, ``original_file`` where it is kept byte for
    byte; ``playback_file`` is what browsers play (the original where they can seek it). Times are
    milliseconds of decoded audio, loudness is in dBFS.
    """

    transcript = models.OneToOneField(Transcript, on_delete=models.CASCADE, related_name="recording")
    original_name = models.CharField(max_length=255)
    original_file = models.CharField(max_length=255, blank=True)
    original_bytes = models.BigIntegerField(default=0)
    source_url = models.CharField(max_length=2083, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    playback_file = models.CharField(max_length=255, blank=True)
    playback_type = models.CharField(max_length=80, blank=True)
    peaks_file = models.CharField(max_length=255, blank=True)
    peaks_fine_file = models.CharField(max_length=255, blank=True)
    duration_ms = models.BigIntegerField(null=True, blank=True)
    has_video = models.BooleanField(default=False)
    container = models.CharField(max_length=40, blank=True)
    audio_codec = models.CharField(max_length=40, blank=True)
    sample_rate = models.PositiveIntegerField(null=True, blank=True)
    channels = models.PositiveIntegerField(null=True, blank=True)
    loudness_dbfs = models.FloatField(null=True, blank=True)
    pauses: models.JSONField[list[list[int]], list[list[int]]] = models.JSONField(default=list, blank=True)
    unreadable_code = models.CharField(max_length=40, blank=True)
    unreadable_message = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[Recording]] = models.Manager()

    def __str__(self) -> str:
        return self.original_name
