"""The words of a transcription on the wire: the JSON reply, and the events that lead to it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from transcripts.engine.api_errors import ApiError
from transcripts.engine.model_card import LANGUAGE
from transcripts.engine.recognition import RecognisedWord
from transcripts.engine.segmenter import Segment
from transcripts.engine.transcribe import AudioDecoded, Event, StretchLost
from transcripts.engine.transcription_form import Notice, TranscriptionForm


class TranscriptionReply:
    """Collects the events of one transcription; ``body`` is complete when they have ended."""

    def __init__(self, form: TranscriptionForm) -> None:
        self._form = form
        self._duration_ms = 0
        self._texts: list[str] = []
        self._words = 0
        self._segments: list[dict[str, Any]] = []
        self._notices = list(form.notices)

    def take(self, event: Event) -> list[dict[str, Any]]:
        """The stream events that this one causes. Joined, the deltas are the final text."""
        if isinstance(event, AudioDecoded):
            self._duration_ms = event.duration_ms
            return [{"type": "transcription.language", "audio_language": LANGUAGE}]
        if isinstance(event, StretchLost):
            self._notices.append(_lost(event))
            return []
        delta = f" {event.text}" if self._texts else event.text
        self._texts.append(event.text)
        self._words += len(event.words)
        segments = list(segment_objects(event, self._form.granularities))
        self._segments += segments
        streamed = [{**segment, "type": "transcription.segment"} for segment in segments]
        return [{"type": "transcription.text.delta", "text": delta}, *streamed]

    def body(self) -> dict[str, Any]:
        """The reply, which is also the last event when ``type`` is put in front."""
        return {
            "model": self._form.model,
            "text": " ".join(self._texts),
            "language": LANGUAGE,
            "segments": self._segments,
            "usage": usage(self._duration_ms, self._words),
            "notices": [asdict(notice) for notice in self._notices],
        }

    def done(self) -> dict[str, Any]:
        """The event that ends a stream."""
        return {"type": "transcription.done", **self.body()}


def segment_objects(segment: Segment, granularities: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The segment as the caller wants it: whole, whole with its words, word by word, or not at all."""
    speaker_id = None if segment.speaker is None else f"speaker_{segment.speaker + 1}"
    if "segment" in granularities:
        whole = _object(segment.text, segment.start_ms, segment.end_ms, speaker_id)
        words = {"words": [_word(word) for word in segment.words]} if "word" in granularities else {}
        yield {**whole, **words}
    elif "word" in granularities:
        for word in segment.words:
            yield {**_object(word.text, word.start_ms, word.end_ms, speaker_id), "score": word.score}


def usage(duration_ms: int, words: int) -> dict[str, int]:
    """Seconds are rounded up, as the official client takes whole ones only; a word counts as one token."""
    seconds = math.ceil(duration_ms / 1000)
    return {
        "prompt_audio_seconds": seconds,
        "prompt_tokens": 0,
        "completion_tokens": words,
        "total_tokens": words,
    }


def server_sent(event: dict[str, Any]) -> bytes:
    """One frame of an event stream."""
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event['type']}\ndata: {text}\n\n".encode()


def failure(error: ApiError) -> dict[str, Any]:
    """The event that ends a stream which cannot be completed."""
    return {"type": "error", "error": error.body()}


def _object(text: str, start_ms: int, end_ms: int, speaker_id: str | None) -> dict[str, Any]:
    return {
        "type": "transcription_segment",
        "text": text,
        "start": start_ms / 1000,
        "end": end_ms / 1000,
        "speaker_id": speaker_id,
    }


def _word(word: RecognisedWord) -> dict[str, Any]:
    return {"text": word.text, "start": word.start_ms / 1000, "end": word.end_ms / 1000, "score": word.score}


def _lost(stretch: StretchLost) -> Notice:
    where = f"{stretch.start_ms / 1000:.1f} s to {stretch.end_ms / 1000:.1f} s"
    return Notice("speech_not_recognised", f"The speech from {where} could not be recognised.")
