"""A document made fit for writing: ordered, clean text on one line, a moment for every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.subtitles.document import Document, ExportSegment
from transcripts.timing.tokens import join_tokens, normalise_text, spoken_weight, tokenise
from transcripts.timing.word_times import time_words
from transcripts.timing.words import Span, Word

_MS_PER_LETTER = 80


@dataclass(frozen=True, slots=True)
class TimedSegment:
    """A segment with text; ``words`` join to exactly that text and never run backwards."""

    start_ms: int
    end_ms: int
    speaker: str | None
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The normalised text."""
        return join_tokens(word.text for word in self.words)


def timed_segments(document: Document) -> list[TimedSegment]:
    """The segments that have text, by start (those that start together stay in their order)."""
    timed = [_timed(segment) for segment in document.segments if normalise_text(segment.text).strip()]
    return sorted(timed, key=lambda segment: segment.start_ms)


def speakers_of(segments: Sequence[TimedSegment]) -> list[str]:
    """The speakers' names in order of appearance."""
    return list(dict.fromkeys(segment.speaker for segment in segments if segment.speaker))


def _timed(segment: ExportSegment) -> TimedSegment:
    known = [Word(word.start_ms, word.end_ms, word.text) for word in segment.words]
    start_ms, end_ms = _span(segment, known)
    words, _ = time_words(segment.text, start_ms, end_ms, api_words=known)
    return TimedSegment(start_ms, end_ms, normalise_text(segment.speaker or "") or None, tuple(words))


def _span(segment: ExportSegment, known: Sequence[Word]) -> Span:
    """The segment's time; without a length its words', else as long as the text takes to say."""
    start_ms = max(segment.start_ms, 0)
    if segment.end_ms > start_ms:
        return start_ms, segment.end_ms
    words_end_ms = max((word.end_ms for word in known), default=0)
    letters = sum(map(spoken_weight, tokenise(segment.text)))
    return start_ms, max(words_end_ms, start_ms + letters * _MS_PER_LETTER)
