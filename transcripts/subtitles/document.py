"""What is exported: a transcript as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportWord:
    """One word of a segment; times in milliseconds of media time."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class ExportSegment:
    """What one person said in one go. ``text`` is the truth; ``words`` may be missing or differ from it."""

    start_ms: int
    end_ms: int
    speaker: str | None
    text: str
    words: tuple[ExportWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript. ``language`` is an ISO 639-1 code or None; segments may come in any order and overlap."""

    title: str
    language: str | None
    segments: tuple[ExportSegment, ...]
