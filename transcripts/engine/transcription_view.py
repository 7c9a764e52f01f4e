"""``POST /v1/audio/transcriptions``: one JSON reply, or events as the recognition goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from transcripts.engine.answers import endpoint, parsed_form
from transcripts.engine.api_errors import ApiError, as_api_error
from transcripts.engine.engine import Engine, engine_of
from transcripts.engine.errors import EngineError
from transcripts.engine.file_store import LARGEST_FILE_BYTES
from transcripts.engine.running_transcription import RunningTranscription
from transcripts.engine.transcribe import Event, TranscriptionOptions
from transcripts.engine.transcription_form import TranscriptionForm, read_form
from transcripts.engine.transcription_reply import TranscriptionReply, failure, server_sent

_log = logging.getLogger(__name__)

_PING_SECONDS = 15.0
_PING = b": ping\n\n"


async def _post(request: HttpRequest) -> HttpResponseBase:
    engine = engine_of(request)
    fields, uploads = await parsed_form(request)
    given = [(name, file) for name, files in uploads.lists() for file in files]
    form = read_form(dict(fields.lists()), [name for name, _ in given])
    source = _source(engine, form, [file for _, file in given])
    options = TranscriptionOptions(form.diarize, form.speaker_count, engine.options.longest_seconds)
    running = RunningTranscription(engine, source, options, await engine.admission.enter())
    reply = TranscriptionReply(form)
    if form.stream:
        return await _streamed(running, reply)
    return await _whole(running, reply)


async def _whole(running: RunningTranscription, reply: TranscriptionReply) -> HttpResponseBase:
    try:
        while (event := await running.next()) is not None:
            reply.take(event)
    finally:
        running.close()
    return JsonResponse(reply.body())


async def _streamed(running: RunningTranscription, reply: TranscriptionReply) -> HttpResponseBase:
    """A file that cannot be read is refused as usual; only then is a stream begun."""
    try:
        first = await running.next()
    except BaseException:
        running.close()
        raise
    return StreamingHttpResponse(
        _EventStream(running, reply, first),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


class _EventStream:
    """The frames of one stream. Django calls ``close`` however the answer ends, begun or not."""

    def __init__(self, running: RunningTranscription, reply: TranscriptionReply, first: Event | None) -> None:
        self._running, self._reply, self._first = running, reply, first

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            event = self._first
            while event is not None:
                for frame in self._reply.take(event):
                    yield server_sent(frame)
                async for ping in self._pings():
                    yield ping
                event = await self._waiting
            yield server_sent(self._reply.done())
        except EngineError as error:
            yield server_sent(failure(as_api_error(error)))
        except Exception:
            _log.exception("transcription failed")
            yield server_sent(failure(ApiError(500, "The engine failed.", "internal_server_error")))
        finally:
            self._running.close()

    async def _pings(self) -> AsyncIterator[bytes]:
        """Keeps proxies and clients awake until the next event is there."""
        self._waiting = asyncio.ensure_future(self._running.next())
        self._waiting.add_done_callback(_look_at)
        while not (await asyncio.wait([self._waiting], timeout=_PING_SECONDS))[0]:
            yield _PING

    def close(self) -> None:
        self._running.close()


def _look_at(waiting: asyncio.Future[Event | None]) -> None:
    """Nobody asks for the outcome any more when the caller has hung up; asyncio would complain."""
    if not waiting.cancelled():
        waiting.exception()


def _source(engine: Engine, form: TranscriptionForm, files: list[TemporaryUploadedFile]) -> Path:
    if files:
        if (files[0].size or 0) > LARGEST_FILE_BYTES:
            raise ApiError(413, "A file may have 512 MB at most.", "file_too_large", param="file")
        return Path(files[0].temporary_file_path())
    if form.file_id is not None:
        return engine.files.content(form.file_id)
    file_id = engine.signer.linked_file(form.file_url or "")
    if file_id is None:
        raise ApiError(
            400,
            "The built-in engine fetches nothing from other places: file_url must be a signed URL of a file "
            "uploaded to this engine that has not expired. Upload the audio as file instead.",
            "invalid_file_url",
            param="file_url",
        )
    return engine.files.content(file_id)


transcriptions = endpoint(post=_post)
