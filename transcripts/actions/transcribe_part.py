"""Have one chunk transcribed, showing its text while it arrives."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from .. import conf
from ..models import Job, JobPart, LeaseLostError
from ..speech.capabilities import ENGINE_MODEL
from ..speech.client import FileSource, TranscriptionOptions
from ..speech.errors import SpeechCancelled, SpeechStreamUnfinished, SpeechUnavailable
from ..speech.model_capabilities import Granularity
from ..speech.wire import Completed, SegmentReady, StreamEvent, TextDelta, Transcription
from .draft_segments import draft_segments
from .lease import Lease, keep_lease
from .worker_stop import is_stopping
from .write_segments import SegmentDraft, write_part

SHOW_SECONDS = 1.0
"""Arriving text is written for the page at most this often."""


def transcribe_part(part: JobPart) -> None:
    """Transcribe a claimed part and store its result with its segments in one transaction.

    Raises the errors of ``transcripts.speech`` and LeaseLostError. A worker that is asked to stop puts the
    part back unharmed.
    """
    job = part.job
    part.write(calls=part.calls + 1)
    with keep_lease(part) as lease:
        try:
            transcription = _listen(part, job, lease)
        except SpeechCancelled:
            _hand_back(part, lease)
            return
        except SpeechUnavailable as error:
            if error.status is None:  # nobody was there to hear the call
                part.write(calls=part.calls - 1)
            raise
        drafts = draft_segments(transcription, part, job)
    with transaction.atomic():
        part.write(
            state=JobPart.State.DONE,
            lease_until=None,
            partial={},
            result=_result(transcription, drafts),
            request_id=(transcription.request_id or "")[:120],
            error_code="",
            error_message="",
        )
        if not job.options.get("keep_old_text"):
            write_part(job, part.index, drafts)


def _hand_back(part: JobPart, lease: Lease) -> None:
    if lease.lost():
        raise LeaseLostError
    part.write(state=JobPart.State.QUEUED, lease_until=None, partial={})


def _listen(part: JobPart, job: Job, lease: Lease) -> Transcription:
    source = FileSource(conf.media_path(part.file), f"{part.index:04d}.flac", "audio/flac")
    arriving = _ArrivingText(part)

    def should_stop() -> bool:
        return lease.lost() or is_stopping()

    with conf.speech_client() as client:
        for event in client.stream(source, _options(job.options), should_stop=should_stop):
            if isinstance(event, Completed):
                return event.transcription
            arriving.add(event)
    raise SpeechStreamUnfinished


def _options(chosen: Mapping[str, Any]) -> TranscriptionOptions:
    """The person's choices; what the model does not take the client leaves out, with a notice."""
    return TranscriptionOptions(
        model=chosen["model"],
        language=chosen.get("language") or None,
        diarize=bool(chosen.get("diarize")),
        temperature=chosen.get("temperature"),
        context_bias=tuple(chosen.get("context_bias", [])),
        timestamp_granularities=_granularities(chosen["model"]),
        speaker_count=chosen.get("speaker_count"),
    )


def _granularities(model: str) -> tuple[Granularity, ...]:
    """Only the engine gives words inside segments; elsewhere we take segments, which know who speaks."""
    return ("segment", "word") if model == ENGINE_MODEL else ("segment",)


def _result(transcription: Transcription, drafts: list[SegmentDraft]) -> dict[str, Any]:
    """What finishing needs, and the machine's own words for later comparison (times in media time)."""
    return {
        "segments": [asdict(draft) for draft in drafts],
        "language": transcription.language,
        "model": transcription.model,
        "usage": asdict(transcription.usage),
        "notices": [asdict(notice) for notice in transcription.notices],
    }


class _ArrivingText:
    """Text of a running stream, shown on the page before its part is done."""

    def __init__(self, part: JobPart) -> None:
        self.part = part
        self.text = ""
        self.heard_ms = 0
        self.shown_at = 0.0  # the first words are shown at once

    def add(self, event: StreamEvent) -> None:
        if isinstance(event, TextDelta):
            self.text += event.text
        elif isinstance(event, SegmentReady):
            self.heard_ms = max(self.heard_ms, event.segment.end_ms or 0)
        if time.monotonic() - self.shown_at >= SHOW_SECONDS:
            self.show()

    def show(self) -> None:
        self.shown_at = time.monotonic()
        self.part.write(partial={"text": self.text, "heard_ms": self.heard_ms})
