"""What a speech service answers, in our terms: milliseconds, normalised text, plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know although the call worked: a stable ``code`` and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``score`` is the recogniser's confidence: higher is better, the scale is the engine's own."""

    start_ms: int
    end_ms: int
    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SpeechSegment:
    """A stretch of speech by one speaker.

    ``speaker`` is the service's label (``speaker_1`` or a reference's name), meaningful within one
    transcription only. ``words`` is filled by the embedded engine; other services leave it empty.
    """

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What the service counted. ``total_tokens`` is as reported: it is not the sum of the other two."""

    audio_seconds: float | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Transcription:
    """A finished transcription; ``model`` may be the alias that was asked for or a dated id."""

    model: str
    text: str
    language: str | None = None
    segments: tuple[SpeechSegment, ...] = ()
    usage: Usage = Usage()
    notices: tuple[Notice, ...] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageDetected:
    """The spoken language as an ISO 639-1 code."""

    language: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of text; pieces joined are the provisional text so far."""

    text: str


@dataclass(frozen=True, slots=True)
class SegmentReady:
    """A segment with its times, while the rest is still being transcribed."""

    segment: SpeechSegment


@dataclass(frozen=True, slots=True)
class Completed:
    """The end: the whole transcription, which replaces what the other events built up."""

    transcription: Transcription


StreamEvent = LanguageDetected | TextDelta | SegmentReady | Completed
