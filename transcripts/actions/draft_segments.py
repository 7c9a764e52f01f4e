"""Turn a service's answer for one chunk into segments with a moment for every word."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .. import conf
from ..audio.pcm import read_pcm
from ..models import Job, JobPart
from ..speech.wire import SpeechSegment, Transcription
from ..timing.word_times import time_words
from ..timing.words import WordTable
from .write_segments import SegmentDraft

Pcm = npt.NDArray[np.int16]
RATE = 16_000


def draft_segments(transcription: Transcription, part: JobPart, job: Job) -> list[SegmentDraft]:
    """Return segments in media time, in order, inside the part and never running backwards.

    Word times come from the service where it gives them, else from aligning the text with the sound.
    """
    source = _Sound(part, job, transcription.language or job.options.get("language") or None)
    floor_ms = part.start_ms
    drafts = []
    for segment in _segments(transcription, part):
        draft = source.draft(segment, floor_ms)
        if draft is not None:
            drafts.append(draft)
            floor_ms = draft.start_ms
    return drafts


def _segments(transcription: Transcription, part: JobPart) -> Iterator[SpeechSegment]:
    """The service's segments, or its whole text as one where it gave none."""
    if transcription.segments:
        yield from sorted(transcription.segments, key=lambda segment: segment.start_ms or 0)
    elif transcription.text:
        yield SpeechSegment(transcription.text, 0, part.end_ms - part.start_ms)


class _Sound:
    """The chunk's audio, decoded only when words must be aligned to it."""

    def __init__(self, part: JobPart, job: Job, language: str | None) -> None:
        self.part = part
        self.language = language
        self.pauses = [
            (start_ms - part.start_ms, end_ms - part.start_ms)
            for start_ms, end_ms in job.transcript.recording.pauses
            if end_ms > part.start_ms and start_ms < part.end_ms
        ]
        self._pcm: Pcm | None = None

    def draft(self, segment: SpeechSegment, floor_ms: int) -> SegmentDraft | None:
        text = " ".join(segment.text.split())
        if not text:
            return None
        length_ms = self.part.end_ms - self.part.start_ms
        start_ms = min(max(segment.start_ms or 0, floor_ms - self.part.start_ms, 0), length_ms)
        end_ms = min(max(segment.end_ms if segment.end_ms is not None else length_ms, start_ms), length_ms)
        words, method = self._words(segment, text, start_ms, end_ms)
        shift_ms = self.part.start_ms
        moved = [(start + shift_ms, end + shift_ms, word) for start, end, word in words]
        return SegmentDraft(start_ms + shift_ms, end_ms + shift_ms, text, moved, method, segment.speaker)

    def _words(self, segment: SpeechSegment, text: str, start_ms: int, end_ms: int) -> tuple[WordTable, str]:
        api_words = [(word.start_ms, word.end_ms, word.text) for word in segment.words] or None
        pcm = None if api_words else self._between(start_ms, end_ms)
        return time_words(
            text, start_ms, end_ms, api_words=api_words, pcm=pcm, language=self.language, pauses=self.pauses
        )

    def _between(self, start_ms: int, end_ms: int) -> Pcm:
        if self._pcm is None:
            self._pcm = read_pcm(conf.media_path(self.part.file))
        return self._pcm[start_ms * RATE // 1000 : end_ms * RATE // 1000]
