"""Turn a service's answer for one chunk into segments with a moment for every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from .. import conf
from ..audio.pcm import SAMPLE_RATE_HZ, read_pcm
from ..models import Job, JobPart
from ..speech.wire import SpeechSegment, Transcription
from ..timing.acoustic import AcousticAligner
from ..timing.doubts import find_doubts
from ..timing.segment_times import tidy_segment_times
from ..timing.tokens import normalise_text
from ..timing.word_times import time_words
from ..timing.words import Span, Word
from .write_segments import SegmentDraft

Pcm = npt.NDArray[np.int16]


def draft_segments(transcription: Transcription, part: JobPart, job: Job) -> list[SegmentDraft]:
    """Return segments in media time, in order and inside the part.

    Word times come from the service where it gives them, else from aligning the text with the sound, else
    from the pauses; each draft says which.
    """
    segments = _spoken_segments(transcription)
    times = tidy_segment_times([(s.start_ms, s.end_ms) for s in segments], part.end_ms - part.start_ms)
    language = transcription.language or job.options.get("language") or None
    with AcousticAligner() as aligner:
        chunk = _Chunk(part, job.transcript.recording.pauses, language, aligner)
        drafts = [chunk.draft(segment, span) for segment, span in zip(segments, times, strict=True)]
    scores = [_scores(segment, draft, part) for segment, draft in zip(segments, drafts, strict=True)]
    doubts = find_doubts([draft.words for draft in drafts], scores)
    return [replace(draft, doubts=found) for draft, found in zip(drafts, doubts, strict=True)]


def _scores(segment: SpeechSegment, draft: SegmentDraft, part: JobPart) -> list[float | None]:
    """How sure the service was of each word; a word that was placed elsewhere than it said has no score."""
    scores = {part.start_ms + word.start_ms: word.score for word in segment.words}
    return [scores.get(word.start_ms) for word in draft.words]


def _spoken_segments(transcription: Transcription) -> list[SpeechSegment]:
    """The service's segments in order, or its whole text as one where it gave none; never empty ones."""
    segments: Sequence[SpeechSegment] = transcription.segments or (SpeechSegment(transcription.text),)
    spoken = [segment for segment in segments if normalise_text(segment.text)]
    return sorted(spoken, key=lambda segment: segment.start_ms or 0)


class _Chunk:
    """One part of the recording; its sound is decoded only when words must be aligned to it."""

    def __init__(
        self, part: JobPart, pauses: list[list[int]], language: str | None, aligner: AcousticAligner
    ) -> None:
        self.part = part
        self.pauses: list[Span] = [(start_ms, end_ms) for start_ms, end_ms in pauses]
        self.language = language
        self.aligner = aligner
        self._pcm: Pcm | None = None

    def draft(self, segment: SpeechSegment, span: Span) -> SegmentDraft:
        text = normalise_text(segment.text)
        start_ms, end_ms = self.part.start_ms + span[0], self.part.start_ms + span[1]
        words, method = time_words(
            text,
            start_ms,
            end_ms,
            api_words=self._api_words(segment),
            pcm=None if segment.words else self._between(span),
            language=self.language,
            pauses=[pause for pause in self.pauses if pause[1] > start_ms and pause[0] < end_ms],
            aligner=self.aligner,
        )
        return SegmentDraft(start_ms, end_ms, text, words, method, segment.speaker)

    def _api_words(self, segment: SpeechSegment) -> list[Word]:
        shift_ms = self.part.start_ms
        return [Word(word.start_ms + shift_ms, word.end_ms + shift_ms, word.text) for word in segment.words]

    def _between(self, span: Span) -> Pcm:
        if self._pcm is None:
            self._pcm = read_pcm(conf.media_path(self.part.file))
        first, last = (edge_ms * SAMPLE_RATE_HZ // 1000 for edge_ms in span)
        return self._pcm[first:last]
