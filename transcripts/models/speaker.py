"""Who speaks in a transcript."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .transcript import Transcript

COLOURS = 8
"""Hues in the design tokens (--sp-1 … --sp-8); further speakers begin again at the first."""


class Speaker(models.Model):
    """A reading of one voice of the document: ``label`` is its id there, ``name`` what people call them.

    ``hue`` 0 lets the place decide about the colour.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    order = models.PositiveIntegerField(default=0)
    hue = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Speaker]] = models.Manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["transcript", "label"], name="speaker_label_once")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or f"Speaker {self.order + 1}"

    @property
    def colour(self) -> int:
        """Number of the hue, 1 to 8."""
        return self.hue or self.order % COLOURS + 1
