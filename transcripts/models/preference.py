"""What a person likes: keys, playback and the like, the same on every device."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Preference(models.Model):
    """One value of any JSON shape under a name; whoever reads it checks the shape."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    name = models.CharField(max_length=40)
    value: models.JSONField[Any, Any] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Preference]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="preference_once")]

    def __str__(self) -> str:
        return self.name
