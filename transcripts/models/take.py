"""A take: a recording while it is being made in a browser or by a program."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from .transcript import Transcript


class Take(models.Model):
    """The live side of a transcript. Its sound is ``<code>/take.pcm`` in the media folder until finalised.

    ``client_key`` names the take as its recorder does, so that a ``start`` sent twice finds the first one.
    ``epoch`` counts the sockets that recorded into it: only the newest may write. ``options`` are the choices
    for live captions, ``choices`` those of the pass over the whole recording after the stop. ``pauses`` are
    moments, in media time, at which the recorder was paused. ``total_bytes`` is the length of an ended take
    (s16le, 16 kHz, mono). ``seen_at`` is when a recorder was last
    connected; a take nobody comes back to is ended by the beat.
    """

    class State(models.TextChoices):
        OPEN = "open", "Recording"
        ENDED = "ended", "Ended"

    class Source(models.TextChoices):
        MICROPHONE = "microphone", "Microphone"
        TAB = "tab", "Sound of a tab"
        BOTH = "both", "Microphone and tab"
        PROGRAM = "program", "Program"

    transcript = models.OneToOneField(Transcript, on_delete=models.CASCADE, related_name="take")
    client_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.MICROPHONE)
    epoch = models.PositiveIntegerField(default=0)
    options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    choices: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    pauses: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    is_paused = models.BooleanField(default=False)
    total_bytes = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Take]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["state", "seen_at"], name="take_abandoned")]

    def __str__(self) -> str:
        return f"take of {self.transcript}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def next_epoch(self) -> int:
        """Make a new socket the only one that may write; returns its number, 0 where the take has ended."""
        rows = type(self).objects.filter(pk=self.pk, state=self.State.OPEN)
        is_open = rows.update(epoch=F("epoch") + 1, seen_at=timezone.now())
        self.refresh_from_db(fields=["epoch", "seen_at", "state"])
        return self.epoch if is_open else 0
