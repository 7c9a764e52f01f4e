"""One subtitle."""

from __future__ import annotations

from dataclasses import dataclass

from transcripts.timing.words import Word


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at once. Times in milliseconds, ``end_ms > start_ms``.

    ``lines`` are what is shown, with the speaker's name where it was asked for; ``words`` (or parts of an
    overlong word) are the text alone.
    """

    start_ms: int
    end_ms: int
    speaker: str | None
    lines: tuple[str, ...]
    words: tuple[Word, ...]
