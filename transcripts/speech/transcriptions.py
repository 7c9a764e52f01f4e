"""``POST /v1/audio/transcriptions``: a whole answer, or a stream of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from transcripts.speech.call import Reply
from transcripts.speech.capabilities import ModelCapabilities, assumed, find
from transcripts.speech.errors import SpeechRequestRejected, SpeechResponseInvalid
from transcripts.speech.event_stream import EventStream
from transcripts.speech.reading import read_transcription
from transcripts.speech.relaxation import relaxed
from transcripts.speech.retry import RetryPolicy, never_stop, stop_if_asked, with_retries
from transcripts.speech.sources import AudioSource
from transcripts.speech.transcription_request import (
    TranscriptionOptions,
    TranscriptionRequest,
    fitted_request,
)
from transcripts.speech.transport import Transport
from transcripts.speech.wire import Completed, Notice, StreamEvent, Transcription

T = TypeVar("T")

ShouldStop = Callable[[], bool]

_DEPRECATED: Final = "x-model-deprecation-timestamp"


@dataclass(frozen=True, slots=True)
class _OpenStream:
    """A stream whose first event is here, so that it is not repeated any more."""

    events: Iterator[StreamEvent]
    resources: ExitStack


class Transcriptions:
    """File transcription with retries, and with one option less where the service refuses one."""

    def __init__(self, transport: Transport, retry: RetryPolicy) -> None:
        self._transport = transport
        self._retry = retry

    def transcribe(
        self,
        source: AudioSource,
        options: TranscriptionOptions,
        *,
        capabilities: ModelCapabilities | None = None,
        should_stop: ShouldStop = never_stop,
    ) -> Transcription:
        """The whole transcription in one answer. Raises the errors of `transcripts.speech.errors`."""

        def attempt(request: TranscriptionRequest) -> Transcription:
            with self._transport.open(request.call(), should_stop) as reply:
                return _whole(request, reply)

        return self._run(_fitted(source, options, capabilities, False), attempt, should_stop)

    def stream(
        self,
        source: AudioSource,
        options: TranscriptionOptions,
        *,
        capabilities: ModelCapabilities | None = None,
        should_stop: ShouldStop = never_stop,
    ) -> Iterator[StreamEvent]:
        """Events while the service works, `Completed` last. Repeated only until the first event has come."""

        def attempt(request: TranscriptionRequest) -> _OpenStream:
            return self._begun(request, should_stop)

        opened = self._run(_fitted(source, options, capabilities, True), attempt, should_stop)
        with opened.resources:
            for event in opened.events:
                stop_if_asked(should_stop)
                yield event

    def _run(
        self,
        request: TranscriptionRequest,
        attempt: Callable[[TranscriptionRequest], T],
        should_stop: ShouldStop,
    ) -> T:
        while True:
            try:
                return self._with_retries(request, attempt, should_stop)
            except SpeechRequestRejected as refusal:
                less = relaxed(request, refusal)
                if less is None:
                    raise
                request = less

    def _with_retries(
        self,
        request: TranscriptionRequest,
        attempt: Callable[[TranscriptionRequest], T],
        should_stop: ShouldStop,
    ) -> T:
        return with_retries(self._retry, lambda: attempt(request), should_stop)

    def _begun(self, request: TranscriptionRequest, should_stop: ShouldStop) -> _OpenStream:
        with ExitStack() as opened:
            reply = opened.enter_context(self._transport.open(request.call(), should_stop))
            events = _events(request, reply)
            first = next(events)
            return _OpenStream(chain([first], events), opened.pop_all())


def _fitted(
    source: AudioSource,
    options: TranscriptionOptions,
    capabilities: ModelCapabilities | None,
    streams: bool,
) -> TranscriptionRequest:
    model = capabilities or find(options.model) or assumed(options.model)
    return fitted_request(source, options, model, streams=streams)


def _events(request: TranscriptionRequest, reply: Reply) -> Iterator[StreamEvent]:
    """A service that does not stream answers with the whole transcription at once."""
    if reply.media_type == "application/json":
        return iter([Completed(_whole(request, reply))])
    if reply.media_type != "text/event-stream":
        raise SpeechResponseInvalid(status=reply.status, request_id=reply.request_id)
    stream = EventStream(request, reply.request_id, _notices(reply.headers), reply.hide_key)
    return stream.events(reply.chunks)


def _whole(request: TranscriptionRequest, reply: Reply) -> Transcription:
    return read_transcription(
        reply.json_object(),
        asked_model=request.options.model,
        bias_items=request.bias_items,
        notices=(*request.notices, *_notices(reply.headers)),
        request_id=reply.request_id,
    )


def _notices(headers: Mapping[str, str]) -> tuple[Notice, ...]:
    retires = headers.get(_DEPRECATED)
    if not retires:
        return ()
    return (Notice("model_deprecated", f"The service retires this model on {retires[:10]}. Choose another."),)
