"""What a relay tells: provisional text, final text, turns and sentences for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcripts.timing.words import Word


@dataclass(frozen=True, slots=True)
class Caption:
    """The whole provisional text, which replaces the one before; empty when there is none."""

    start_ms: int
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Final:
    """Text that stays. Times are media time; ``timing_method`` as in ``timing.word_times``."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...]
    timing_method: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class TurnTold:
    """A turn event of the service, at its media time."""

    event: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the person: a stable ``code`` and whether it is a warning."""

    code: str
    message: str
    tone: Literal["info", "warn"] = "warn"


CaptionEvent = Caption | Final | TurnTold | Told
