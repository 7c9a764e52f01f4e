"""The events of one streamed transcription, in whatever order the service sends them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from transcripts.speech.error_body import read_complaint
from transcripts.speech.errors import SpeechError, SpeechResponseInvalid, SpeechStreamUnfinished
from transcripts.speech.normal_form import normalised_piece, normalised_text
from transcripts.speech.reading import read_segment, read_transcription, with_streamed
from transcripts.speech.rejection import error_for_event
from transcripts.speech.server_sent_events import EventTooLarge, ServerSentEvent, read_events
from transcripts.speech.transcription_request import TranscriptionRequest
from transcripts.speech.wire import (
    Completed,
    LanguageDetected,
    Notice,
    SegmentReady,
    SpeechSegment,
    StreamEvent,
    TextDelta,
    Transcription,
)

# Other services end their streams so; Mistral's ends with transcription.done.
_OTHER_SENTINEL = "[DONE]"


class EventStream:
    """Reads one stream to its ``transcription.done``. Unknown events are ignored.

    Raises the error of an ``error`` frame, `SpeechStreamUnfinished` when the stream ends without ``done``,
    and `SpeechResponseInvalid` for data that is not a JSON object or larger than any real event.
    """

    def __init__(
        self,
        request: TranscriptionRequest,
        request_id: str | None = None,
        notices: tuple[Notice, ...] = (),
        hide_key: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._request = request
        self._hide_key = hide_key
        self._request_id = request_id
        self._notices = notices
        self._language: str | None = None
        self._segments: list[SpeechSegment] = []
        self._has_text = False

    def events(self, chunks: Iterable[bytes]) -> Iterator[StreamEvent]:
        """Our events, the last one `Completed`; nothing after it is read."""
        for frame in self._frames(chunks):
            event = self._event(frame)
            if event is not None:
                yield event
            if isinstance(event, Completed):
                return
        raise SpeechStreamUnfinished(request_id=self._request_id)

    def _frames(self, chunks: Iterable[bytes]) -> Iterator[ServerSentEvent]:
        try:
            yield from read_events(chunks)
        except EventTooLarge:
            raise SpeechResponseInvalid(request_id=self._request_id) from None

    def _event(self, frame: ServerSentEvent) -> StreamEvent | None:
        data = self._object(frame)
        if data is None:
            return None
        kind = data.get("type") or frame.name
        if kind == "transcription.done":
            return Completed(self._completed(data))
        if kind == "transcription.text.delta":
            return self._delta(data)
        if kind == "transcription.segment":
            return self._segment(data)
        if kind == "transcription.language":
            return self._language_detected(data)
        if kind == "error":
            raise self._failure(frame)
        return None

    def _failure(self, frame: ServerSentEvent) -> SpeechError:
        complaint = read_complaint(self._hide_key(frame.data.encode()))
        return error_for_event(complaint, request_id=self._request_id)

    def _object(self, frame: ServerSentEvent) -> dict[str, Any] | None:
        """The data as an object; a last frame that was cut off counts as not sent (``None``)."""
        if frame.name == "error":
            raise self._failure(frame)
        try:
            data = json.loads(frame.data)
        except (ValueError, RecursionError):
            if frame.data == _OTHER_SENTINEL or not frame.is_terminated:
                return None
            raise SpeechResponseInvalid(request_id=self._request_id) from None
        if not isinstance(data, dict):
            raise SpeechResponseInvalid(request_id=self._request_id)
        return data

    def _completed(self, data: dict[str, Any]) -> Transcription:
        final = read_transcription(
            data,
            asked_model=self._request.options.model,
            bias_items=self._request.bias_items,
            notices=(*self._request.notices, *self._notices),
            request_id=self._request_id,
        )
        return with_streamed(final, self._segments, self._language)

    def _delta(self, data: dict[str, Any]) -> TextDelta | None:
        """Pieces keep their spaces, except those before the first word."""
        piece = normalised_piece(data["text"]) if isinstance(data.get("text"), str) else ""
        if not self._has_text:
            piece = piece.lstrip()
        self._has_text = self._has_text or bool(piece)
        return TextDelta(piece) if piece else None

    def _segment(self, data: dict[str, Any]) -> SegmentReady | None:
        segment = read_segment(data, self._request.bias_items)
        if segment is None:
            return None
        self._segments.append(segment)
        return SegmentReady(segment)

    def _language_detected(self, data: dict[str, Any]) -> LanguageDetected | None:
        language = data.get("audio_language")
        if not isinstance(language, str) or not language.strip():
            return None
        self._language = normalised_text(language)
        return LanguageDetected(self._language)
