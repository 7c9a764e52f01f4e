"""Give a voice a name, everywhere in its transcript at once."""

from __future__ import annotations

from django.db import transaction

from ..models import Speaker
from .file_name import plain_line

LONGEST_NAME = 120


def rename_speaker(speaker: Speaker, name: str) -> None:
    """Set the name (cleaned to one visible line); an empty one brings "Speaker N" back."""
    with transaction.atomic():
        speaker.name = plain_line(name, LONGEST_NAME)
        speaker.save(update_fields=["name"])
        speaker.transcript.touch()
