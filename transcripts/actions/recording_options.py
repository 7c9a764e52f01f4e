"""What a person wants done with a recording: title, choices, and whether a double is transcribed anyway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from .file_name import plain_line
from .options import parse_choices

CHOICES = ("model", "language", "diarize", "speaker_count", "context_bias", "temperature")
LONGEST_TITLE = 300
YES = {True, "1", "true", "yes", "on"}


class RecordingOptions(TypedDict):
    choices: dict[str, Any]
    title: str
    force: bool


def read_recording_options(raw: Mapping[str, Any]) -> RecordingOptions:
    """Pick title, force and the transcription choices out of ``raw``; other keys are left alone.

    Raises the errors of ``options.parse_choices``.
    """
    return {
        "choices": parse_choices({key: raw[key] for key in CHOICES if key in raw}),
        "title": plain_line(str(raw.get("title") or ""), LONGEST_TITLE),
        "force": says_yes(raw.get("force")),
    }


def says_yes(value: Any) -> bool:
    """Read the yes of forms, headers and JSON alike."""
    return (value.strip().lower() if isinstance(value, str) else value) in YES
